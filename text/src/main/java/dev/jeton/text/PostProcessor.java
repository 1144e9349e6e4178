package dev.jeton.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A step that adds special tokens to the rows of one text or two: the {@code post_processor} of a {@code tokenizer.json}. */
sealed interface PostProcessor {

    /** How many tokens {@link #process} adds. */
    int added(boolean pair);

    /** The finished parts, to be put one after another. They may be changed in place. */
    List<TokenRow> process(List<TokenRow> rows, boolean special);

    /** A special token: its ids and how they are written. */
    record Special(List<Integer> ids, List<String> tokens) {
        public Special {
            ids = List.copyOf(ids);
            tokens = List.copyOf(tokens);
            if (ids.size() != tokens.size() || ids.isEmpty()) {
                throw new TokenizerException(
                        "special token: must have as many ids as tokens, got " + ids + " and " + tokens);
            }
        }

        TokenRow row(int typeId) {
            var row = new TokenRow(ids.size());
            for (int i = 0; i < ids.size(); i++) {
                row.addSpecial(ids.get(i), tokens.get(i), typeId);
            }
            return row;
        }
    }

    /** A place of a template: a special token by name, or a text. */
    sealed interface Slot {
        int typeId();

        record Token(String name, int typeId) implements Slot {}

        record Text(boolean second, int typeId) implements Slot {}
    }

    /** Texts and special tokens in the order of a template. */
    record Template(List<Slot> single, List<Slot> pair, Map<String, Special> specials) implements PostProcessor {
        public Template {
            single = List.copyOf(single);
            pair = List.copyOf(pair);
            specials = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(specials));
            var all = new ArrayList<>(single);
            all.addAll(pair);
            for (Slot slot : all) {
                if (slot instanceof Slot.Token token && !specials.containsKey(token.name())) {
                    throw new TokenizerException("template: the special token \"" + token.name()
                            + "\" is used but not among the special_tokens");
                }
            }
            for (Slot slot : single) {
                if (slot instanceof Slot.Text text && text.second()) {
                    throw new TokenizerException("template: the one for a single text must not hold the sequence B");
                }
            }
        }

        private Special special(String name) {
            return java.util.Objects.requireNonNull(specials.get(name));
        }

        @Override
        public int added(boolean isPair) {
            int result = 0;
            for (Slot slot : isPair ? pair : single) {
                if (slot instanceof Slot.Token token) {
                    result += special(token.name()).ids().size();
                }
            }
            return result;
        }

        @Override
        public List<TokenRow> process(List<TokenRow> rows, boolean withSpecials) {
            var result = new ArrayList<TokenRow>();
            for (Slot slot : rows.size() > 1 ? pair : single) {
                switch (slot) {
                    case Slot.Token token -> {
                        if (withSpecials) {
                            result.add(special(token.name()).row(token.typeId()));
                        }
                    }
                    case Slot.Text text -> {
                        TokenRow row = rows.get(text.second() ? 1 : 0);
                        var typed = new TokenRow(row.size());
                        typed.addAll(row, 0, row.size(), text.typeId(), text.second() ? 1 : 0);
                        result.add(typed);
                    }
                }
            }
            return result;
        }
    }

    /** BERT's or RoBERTa's: cls first, sep behind each text. */
    record ClsSep(
            String cls, int clsId, String sep, int sepId, boolean roberta, boolean trimOffsets, boolean addPrefixSpace)
            implements PostProcessor {

        @Override
        public int added(boolean pair) {
            return !pair ? 2 : roberta ? 4 : 3;
        }

        @Override
        public List<TokenRow> process(List<TokenRow> rows, boolean special) {
            if (roberta && trimOffsets) {
                rows.forEach(row -> ByteLevel.trim(row, addPrefixSpace));
            }
            if (!special) {
                return rows;
            }
            var result = new ArrayList<TokenRow>();
            result.add(row(cls, clsId, 0));
            for (int i = 0; i < rows.size(); i++) {
                TokenRow row = rows.get(i);
                int typeId = roberta ? 0 : i;
                if (i > 0 && roberta) {
                    result.add(row(sep, sepId, 0));
                }
                var typed = new TokenRow(row.size());
                typed.addAll(row, 0, row.size(), typeId, null);
                result.add(typed);
                result.add(row(sep, sepId, typeId));
            }
            return result;
        }

        private static TokenRow row(String token, int id, int typeId) {
            var row = new TokenRow(1);
            row.addSpecial(id, token, typeId);
            return row;
        }
    }

    /** Leaves the white space around byte-level tokens out of their offsets, where asked to. */
    record ByteLevel(boolean addPrefixSpace, boolean trimOffsets, boolean useRegex) implements PostProcessor {
        @Override
        public int added(boolean pair) {
            return 0;
        }

        @Override
        public List<TokenRow> process(List<TokenRow> rows, boolean special) {
            if (trimOffsets) {
                rows.forEach(row -> trim(row, addPrefixSpace));
            }
            return rows;
        }

        static void trim(TokenRow row, boolean addPrefixSpace) {
            for (int i = 0; i < row.size(); i++) {
                String token = row.token(i);
                int leading = 0;
                while (leading < token.length() && isSpace(token.charAt(leading))) {
                    leading++;
                }
                int trailing = 0;
                while (trailing < token.length() && isSpace(token.charAt(token.length() - 1 - trailing))) {
                    trailing++;
                }
                int start = row.start(i);
                int end = row.end(i);
                if (leading > 0) {
                    boolean first = i == 0 || start == 0;
                    start = Math.min(start + (first && addPrefixSpace ? leading - 1 : leading), end);
                }
                if (trailing > 0 && end >= trailing) {
                    end = Math.max(end - trailing, start);
                }
                row.span(i, start, end);
            }
        }

        private static boolean isSpace(char unit) {
            return unit == ByteAlphabet.charOf(' ') || CodePoints.isWhiteSpace(unit);
        }
    }

    /** Several, one after another. */
    record Sequence(List<PostProcessor> processors) implements PostProcessor {
        public Sequence {
            processors = List.copyOf(processors);
        }

        @Override
        public int added(boolean pair) {
            return processors.stream()
                    .mapToInt(processor -> processor.added(pair))
                    .sum();
        }

        @Override
        public List<TokenRow> process(List<TokenRow> rows, boolean special) {
            List<TokenRow> result = rows;
            for (PostProcessor processor : processors) {
                result = processor.process(result, special);
            }
            return result;
        }
    }

    /** One row of the finished parts of a text, or of two. */
    static TokenRow finish(
            @Nullable PostProcessor processor, TokenRow first, @Nullable TokenRow second, boolean special) {
        List<TokenRow> rows = new ArrayList<>();
        rows.add(first);
        if (second != null) {
            rows.add(second);
        }
        if (processor != null) {
            rows = processor.process(rows, special);
        }
        if (rows.size() == 1) {
            return rows.getFirst();
        }
        var result = new TokenRow(rows.stream().mapToInt(TokenRow::size).sum());
        for (TokenRow row : rows) {
            result.addAll(row, 0, row.size(), null, null);
        }
        return result;
    }
}
