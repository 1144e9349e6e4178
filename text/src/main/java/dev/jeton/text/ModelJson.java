package dev.jeton.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code model} of a {@code tokenizer.json}. */
final class ModelJson {
    private ModelJson() {}

    static Model read(JsonValue value) {
        String type =
                value.get("type").isNull() ? guess(value) : value.get("type").string();
        return switch (type) {
            case "BPE" -> bpe(value);
            case "WordPiece" -> {
                var model = new WordPieceModel(
                        vocabulary(value.get("vocab")),
                        value.get("unk_token").string(),
                        value.get("continuing_subword_prefix").string("##"),
                        value.get("max_input_chars_per_word").integer(100));
                yield model;
            }
            case "WordLevel" ->
                new WordLevelModel(
                        vocabulary(value.get("vocab")), value.get("unk_token").string());
            case "Unigram" -> unigram(value);
            default -> throw value.get("type").wrong("must be BPE, WordPiece, WordLevel or Unigram");
        };
    }

    /** Old files do not name the type. */
    private static String guess(JsonValue value) {
        if (value.has("merges")) {
            return "BPE";
        }
        return value.get("vocab").isList()
                ? "Unigram"
                : value.has("max_input_chars_per_word") ? "WordPiece" : "WordLevel";
    }

    static Vocabulary vocabulary(JsonValue value) {
        if (!(value.value() instanceof JsonNumbers ids)) {
            throw wrongMember(value);
        }
        var vocabulary = new StringVocabulary(ids.count());
        for (int i = 0; i < ids.count(); i++) {
            long id = ids.number(i);
            if (id < 0 || id >= Vocabulary.MAX_SIZE) {
                throw notAnId(value.member(ids.name(i), id));
            }
            vocabulary.add(ids.name(i), (int) id);
        }
        if (vocabulary.count() < ids.count()) {
            throw value.wrong(
                    "each token must be there once, " + (ids.count() - vocabulary.count()) + " are there again");
        }
        return vocabulary;
    }

    /** What is wrong with a vocabulary that holds other things than numbers. */
    private static TokenizerException wrongMember(JsonValue value) {
        for (var entry : value.map().entrySet()) {
            if (!(entry.getValue() instanceof Long)) {
                return notAnId(value.member(entry.getKey(), entry.getValue()));
            }
        }
        return notAnId(value); // hidden by a later member of the same name
    }

    private static TokenizerException notAnId(JsonValue value) {
        return value.wrong("an id must be an integer from 0 to " + (Vocabulary.MAX_SIZE - 1));
    }

    private static BpeModel bpe(JsonValue value) {
        if (!value.get("dropout").isNull() && value.get("dropout").number() != 0) {
            throw value.get("dropout").wrong("dropout makes encoding random; Jeton encodes without: set it to null");
        }
        Vocabulary vocabulary = vocabulary(value.get("vocab"));
        String prefix = value.get("continuing_subword_prefix").stringOrNull();
        MergeTable merges = merges(value.get("merges"), vocabulary, prefix == null ? 0 : prefix.length());
        var options = new BpeModel.Options(
                value.get("unk_token").stringOrNull(),
                prefix,
                value.get("end_of_word_suffix").stringOrNull(),
                value.get("fuse_unk").bool(false),
                value.get("byte_fallback").bool(false),
                value.get("ignore_merges").bool(false));
        return new BpeModel(vocabulary, merges, options);
    }

    static MergeTable merges(JsonValue value, Vocabulary vocabulary, int prefixLength) {
        List<@Nullable Object> list = value.rawList();
        var table = new MergeTable(list.size());
        for (int i = 0; i < list.size(); i++) {
            String left;
            String right;
            if (list.get(i) instanceof String text) {
                int space = text.indexOf(' ');
                if (space <= 0 || space != text.lastIndexOf(' ') || space == text.length() - 1) {
                    throw value.at(i).wrong("a merge must be two tokens with one space between");
                }
                left = text.substring(0, space);
                right = text.substring(space + 1);
            } else if (list.get(i) instanceof List<?> pair
                    && pair.size() == 2
                    && pair.get(0) instanceof String first
                    && pair.get(1) instanceof String second) {
                left = first;
                right = second;
            } else {
                throw value.at(i).wrong("a merge must be two tokens");
            }
            addMerge(table, vocabulary, left, right, prefixLength, value, i);
        }
        return table;
    }

    private static void addMerge(
            MergeTable table,
            Vocabulary vocabulary,
            String left,
            String right,
            int prefixLength,
            JsonValue value,
            int index) {
        int leftId = vocabulary.id(left);
        int rightId = vocabulary.id(right);
        int result = right.length() < prefixLength ? -1 : vocabulary.id(left.concat(right.substring(prefixLength)));
        if (leftId < 0 || rightId < 0 || result < 0) {
            throw value.at(index)
                    .wrong("a merge's two tokens and what they make must be in the vocabulary: \"" + left + "\", \""
                            + right + "\"");
        }
        table.add(leftId, rightId, result);
    }

    private static UnigramModel unigram(JsonValue value) {
        List<@Nullable Object> list = value.get("vocab").rawList();
        if (list.size() >= Vocabulary.MAX_SIZE) {
            throw value.get("vocab").wrong("must have fewer than " + Vocabulary.MAX_SIZE + " pieces");
        }
        var vocabulary = new StringVocabulary(list.size());
        double[] scores = new double[list.size()];
        for (int i = 0; i < scores.length; i++) {
            if (!(list.get(i) instanceof List<?> pair
                    && pair.size() == 2
                    && pair.get(0) instanceof String piece
                    && pair.get(1) instanceof Number score
                    && Double.isFinite(score.doubleValue()))) {
                throw value.get("vocab").at(i).wrong("a piece must be a string and a finite number");
            }
            vocabulary.add(piece, i);
            scores[i] = score.doubleValue();
        }
        int unknownId = value.get("unk_id").integer(-1);
        if (unknownId >= scores.length) {
            throw value.get("unk_id").wrong("must be one of the " + scores.length + " pieces");
        }
        boolean byteFallback = value.get("byte_fallback").bool(false);
        return new UnigramModel(vocabulary, UnigramModel.Scores.of(scores, byteFallback), unknownId);
    }
}
