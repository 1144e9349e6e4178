package dev.jeton.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The added tokens of a tokenizer, and the cutting of texts at them. */
final class AddedTokens {
    private final TreeMap<Integer, AddedToken> byId;
    private final PieceTrie raw = new PieceTrie();
    private final PieceTrie normalized = new PieceTrie();

    AddedTokens(Map<Integer, AddedToken> byId, @Nullable Normalizer normalizer) {
        this.byId = new TreeMap<>(byId);
        this.byId.forEach((id, token) -> {
            if (token.content().isEmpty()) {
                return;
            }
            if (token.normalized()) {
                AlignedText text = AlignedText.of(token.content());
                String content = normalizer == null
                        ? token.content()
                        : normalizer.normalize(text).toString();
                if (!content.isEmpty()) {
                    normalized.add(content, 0, id);
                }
            } else {
                raw.add(token.content(), 0, id);
            }
        });
    }

    Map<Integer, AddedToken> byId() {
        return Collections.unmodifiableMap(byId);
    }

    @Nullable
    AddedToken get(int id) {
        return byId.get(id);
    }

    boolean isSpecial(int id) {
        AddedToken token = byId.get(id);
        return token != null && token.special();
    }

    PieceTrie raw() {
        return raw;
    }

    PieceTrie normalized() {
        return normalized;
    }

    /** A part of a text: an added token's id, or -1 for text. */
    record Part(AlignedText text, int id) {}

    List<Part> cutRaw(AlignedText text, boolean parseSpecials) {
        return cut(text, raw, parseSpecials);
    }

    List<Part> cutNormalized(AlignedText text, boolean parseSpecials) {
        return cut(text, normalized, parseSpecials);
    }

    private List<Part> cut(AlignedText text, PieceTrie trie, boolean parseSpecials) {
        if (trie.isEmpty()) {
            return text.isEmpty() ? List.of() : List.of(new Part(text, -1));
        }
        var result = new ArrayList<Part>();
        int done = 0;
        for (int i = 0; i < text.size(); ) {
            long match = trie.longest(text, i);
            if (match < 0) {
                i++;
                continue;
            }
            int end = (int) (match >> 32);
            int id = (int) match;
            AddedToken token = java.util.Objects.requireNonNull(byId.get(id));
            int from = i;
            int to = end;
            i = end;
            boolean inWord = (from > 0 && CodePoints.isWord(text.point(from - 1)))
                    || (to < text.size() && CodePoints.isWord(text.point(to)));
            if ((token.singleWord() && inWord) || (token.special() && !parseSpecials)) {
                continue;
            }
            while (token.lstrip() && from > done && CodePoints.isWhiteSpace(text.point(from - 1))) {
                from--;
            }
            while (token.rstrip() && to < text.size() && CodePoints.isWhiteSpace(text.point(to))) {
                to++;
            }
            if (done < from) {
                result.add(new Part(text.slice(done, from), -1));
            }
            result.add(new Part(text.slice(from, to), id));
            done = to;
            i = Math.max(i, to);
        }
        if (done < text.size()) {
            result.add(new Part(text.slice(done, text.size()), -1));
        }
        return result;
    }
}
