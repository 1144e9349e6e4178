package dev.jeton.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes byte-level BPE whose merges are in the order of the ids that they make: tiktoken's rank files and Mistral's. */
final class RankWriter {
    private RankWriter() {}

    static void tiktoken(Pipeline pipeline, Path file) {
        byte[] @Nullable [] tokens = ranks(pipeline, file);
        var text = new StringBuilder();
        for (int id = 0; id < tokens.length; id++) {
            byte[] token = tokens[id];
            if (token != null) {
                text.append(base64(token)).append(' ').append(id).append('\n');
            }
        }
        WholeFile.write(file, text.toString());
    }

    /** Mistral's: the special tokens have the first ids, then come the 256 bytes in their order. */
    static void tekken(Pipeline pipeline, Path file) {
        byte[] @Nullable [] tokens = ranks(pipeline, file);
        Map<Integer, AddedToken> added = pipeline.addedTokens().byId();
        int specials = 0;
        while (added.containsKey(specials)) {
            specials++;
        }
        if (specials < added.size()) {
            throw VocabularyWriter.refused(file, "in a tekken.json the special tokens have the first ids");
        }
        var vocabulary = new ArrayList<@Nullable Object>();
        for (int id = specials; id < tokens.length; id++) {
            byte[] token = tokens[id];
            int rank = id - specials;
            if (token == null || (rank < 256 && (token.length != 1 || (token[0] & 0xFF) != rank))) {
                throw VocabularyWriter.refused(
                        file, "in a tekken.json the 256 bytes come first, in their order, and no rank is left out");
            }
            vocabulary.add(object("rank", rank, "token_bytes", base64(token), "token_str", text(token)));
        }
        var special = new ArrayList<@Nullable Object>();
        for (int id = 0; id < specials; id++) {
            AddedToken token = added.get(id);
            if (token != null) {
                special.add(object("rank", id, "token_str", token.content(), "is_control", token.special()));
            }
        }
        var config = object(
                "pattern",
                pattern(pipeline, file),
                "num_vocab_tokens",
                vocabulary.size(),
                "default_vocab_size",
                tokens.length,
                "default_num_special_tokens",
                specials,
                "version",
                "v7");
        WholeFile.write(
                file, JsonPrinter.print(object("config", config, "vocab", vocabulary, "special_tokens", special)));
    }

    private static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        var result = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            result.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return result;
    }

    private static String base64(byte[] token) {
        return Base64.getEncoder().encodeToString(token);
    }

    /** The text of a token's bytes; null where they are none. */
    private static @Nullable String text(byte[] token) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(token))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String pattern(Pipeline pipeline, Path file) {
        if (pipeline.preTokenizer() instanceof PreTokenizer.ByteLevel level
                && level.useRegex()
                && !level.addPrefixSpace()) {
            return KnownPatterns.GPT2;
        }
        if (pipeline.preTokenizer() instanceof PreTokenizer.Sequence(List<PreTokenizer> steps)
                && steps.size() == 2
                && steps.get(0) instanceof PreTokenizer.Split split
                && split.pattern().isRegex()
                && split.behavior() == SplitPattern.Behavior.ISOLATED
                && !split.invert()
                && steps.get(1) instanceof PreTokenizer.ByteLevel level
                && !level.useRegex()
                && !level.addPrefixSpace()) {
            return split.pattern().text();
        }
        throw VocabularyWriter.refused(file, "a tekken.json cuts words by one regular expression");
    }

    /** The bytes of each token that is not added, by id. */
    private static byte[] @Nullable [] ranks(Pipeline pipeline, Path file) {
        if (!(pipeline.model() instanceof BpeModel model
                && pipeline.decoder() instanceof Decoder.ByteLevel
                && pipeline.normalizer() == null)) {
            throw VocabularyWriter.refused(file, "ranks hold byte-level BPE without a normaliser only");
        }
        Vocabulary vocabulary = model.vocabulary();
        byte[] @Nullable [] tokens = new byte[vocabulary.size()][];
        for (int id = 0; id < tokens.length; id++) {
            String token = vocabulary.token(id);
            byte[] bytes = token == null || pipeline.addedTokens().get(id) != null ? null : ByteAlphabet.bytes(token);
            tokens[id] = bytes == null || bytes.length == 0 ? null : bytes;
        }
        TokenTable table = new ByteVocabulary(tokens).table();
        for (int value = 0; value < 256; value++) {
            if (table.find((byte) value) < 0) {
                throw VocabularyWriter.refused(
                        file, "among ranks every byte must be a token, 0x%02X is none".formatted(value));
            }
        }
        MergeTable merges = RankMerges.of(table);
        boolean same = merges.size() == model.merges().size();
        for (int rank = 0; rank < merges.size() && same; rank++) {
            same = merges.left(rank) == model.merges().left(rank)
                    && merges.right(rank) == model.merges().right(rank);
        }
        if (!same) {
            throw VocabularyWriter.refused(file, "merges by rank follow from the ids, and this tokenizer's are others");
        }
        return tokens;
    }
}
