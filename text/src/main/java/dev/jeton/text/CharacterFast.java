package dev.jeton.text;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognises BPE on characters whose spaces are made visible, LLaMA's and Mistral's.
 *
 * <p>The sign for a space is a space here: nothing needs rewriting but what comes before the text. A text that holds the sign
 * itself is left to the pipeline.
 */
final class CharacterFast {
    private static final String SIGN = "\u2581";

    private CharacterFast() {}

    /** When a space goes before a part of a text. */
    private enum Prefix {
        NEVER,
        ALWAYS,
        UNLESS_THERE,
        FIRST_UNLESS_THERE
    }

    /** The fast path of a pipeline, or null. */
    static @Nullable FastPath of(Pipeline pipeline, BpeModel model) {
        Prefix prefix = prefix(pipeline);
        boolean eachSpace = pipeline.preTokenizer() instanceof PreTokenizer.Metaspace space && space.split();
        FastEncoder encoder = prefix == null ? null : encoder(model, eachSpace);
        if (encoder == null || prefix == null) {
            return null;
        }
        ByteNormalizer normalizer = AddedTokenGuard.around(
                (text, from, to, scratch) -> spaced(prefix, text, from, to, scratch), pipeline, false);
        return new FastPath(encoder, pipeline, normalizer);
    }

    /**
     * The encoder of a model in whose text a space stands for the visible one, or null.
     *
     * @param eachSpace whether a word begins at each space
     */
    static @Nullable FastEncoder encoder(BpeModel model, boolean eachSpace) {
        if (!isPlain(model)) {
            return null;
        }
        Vocabulary vocabulary = model.vocabulary();
        var table = new TokenTable(vocabulary.size());
        for (int id = 0; id < vocabulary.size(); id++) {
            String token = vocabulary.token(id);
            if (token == null || token.isEmpty() || vocabulary.id(token) != id) {
                continue;
            }
            if (token.indexOf(' ') >= 0) {
                return null;
            }
            table.put(id, Utf8.encode(token.replace(SIGN, " ")));
        }
        if (!nameBytes(model, table)) {
            return null;
        }
        var words = new BpeWords(table, new Crossings(table), model.merges(), symbols(model), false);
        return new FastEncoder(new JointScanner(table, eachSpace), words);
    }

    private static @Nullable Prefix prefix(Pipeline pipeline) {
        Normalizer normalizer = pipeline.normalizer();
        if (normalizer == null && pipeline.preTokenizer() instanceof PreTokenizer.Metaspace space) {
            return !space.replacement().equals(SIGN)
                    ? null
                    : switch (space.prependScheme()) {
                        case ALWAYS -> Prefix.UNLESS_THERE;
                        case FIRST -> Prefix.FIRST_UNLESS_THERE;
                        case NEVER -> Prefix.NEVER;
                    };
        }
        if (pipeline.preTokenizer() != null) {
            return null;
        }
        if (normalizer instanceof Normalizer.Sequence(List<Normalizer> steps)
                && steps.size() == 2
                && steps.get(0) instanceof Normalizer.Prepend(String first)
                && first.equals(SIGN)) {
            return isSign(steps.get(1)) ? Prefix.ALWAYS : null;
        }
        return normalizer != null && isSign(normalizer) ? Prefix.NEVER : null;
    }

    private static boolean isSign(Normalizer step) {
        return step instanceof Normalizer.Replace(SplitPattern pattern, String content)
                && content.equals(SIGN)
                && pattern.equals(SplitPattern.literal(" "));
    }

    private static boolean isPlain(BpeModel model) {
        BpeModel.Options options = model.options();
        boolean bytes = options.byteFallback();
        for (int value = 0; value < 256; value++) {
            bytes &= model.byteId(value) >= 0;
        }
        return bytes
                && !options.ignoreMerges()
                && model.whole().isEmpty()
                && ByteLevelFast.isBlank(options.continuingSubwordPrefix())
                && ByteLevelFast.isBlank(options.endOfWordSuffix())
                && model.vocabulary().size() <= WordCache.MAX_ID;
    }

    /** Lets the tokens of single bytes stand for these; false if merging makes such a token, which would have a longer text. */
    private static boolean nameBytes(BpeModel model, TokenTable table) {
        var made = new BitSet();
        for (int rank = 0; rank < model.merges().size(); rank++) {
            made.set(model.merges().result(rank));
        }
        for (int value = 0; value < 256; value++) {
            int id = model.byteId(value);
            if (made.get(id)) {
                return false;
            }
            table.name(id, new byte[] {(byte) value});
        }
        return true;
    }

    private static BpeWords.Symbols symbols(BpeModel model) {
        return (text, from, to, merger) -> {
            for (int at = from; at < to; ) {
                int point = text[at] == ' ' ? SIGN.charAt(0) : Utf8.decode(text, at, to);
                int length = text[at] == ' ' || point < 0 ? 1 : Utf8.length(point);
                int id = point < 0 ? -1 : model.symbol(point);
                if (id >= 0) {
                    merger.add(id);
                } else {
                    for (int i = at; i < at + length; i++) {
                        merger.add(model.byteId(text[i]));
                    }
                }
                at += length;
            }
        };
    }

    private static int spaced(Prefix prefix, byte[] text, int from, int to, Scratch scratch) {
        byte[] target = scratch.ensureNormal(to - from + 1);
        boolean needed = switch (prefix) {
            case NEVER -> false;
            case ALWAYS -> true;
            case UNLESS_THERE -> text[from] != ' ';
            case FIRST_UNLESS_THERE -> from == 0 && text[from] != ' ';
        };
        target[0] = ' ';
        int start = needed ? 1 : 0;
        System.arraycopy(text, from, target, start, to - from);
        int end = start + to - from;
        if (scratch.trace != null) {
            align(text, from, to, start, scratch.alignment);
        }
        scratch.failed |= holdsSign(target, end);
        return end;
    }

    /** Each byte stands for its character, the space before them for the first one. */
    private static void align(byte[] text, int from, int to, int start, Alignment alignment) {
        for (int at = from; at < to; ) {
            int next = Math.min(to, at + Utf8.sequenceLength(text[at]));
            int before = at == from ? start : 0;
            alignment.put(start + at - from - before, next - at + before, at, next);
            at = next;
        }
    }

    private static boolean holdsSign(byte[] text, int end) {
        for (int i = 0; i + 2 < end; i++) {
            if (text[i] == (byte) 0xE2 && text[i + 1] == (byte) 0x96 && text[i + 2] == (byte) 0x81) {
                return true;
            }
        }
        return false;
    }
}
