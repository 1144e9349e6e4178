package dev.jeton.text;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;

/** Reads Mistral's {@code tekken.json}: ranked tokens in base64 behind a block of special tokens. */
final class TekkenFormat {
    /** The special tokens of the files that do not list theirs. */
    private static final List<String> SPECIALS = List.of(
            "<unk>",
            "<s>",
            "</s>",
            "[INST]",
            "[/INST]",
            "[AVAILABLE_TOOLS]",
            "[/AVAILABLE_TOOLS]",
            "[TOOL_RESULTS]",
            "[/TOOL_RESULTS]",
            "[TOOL_CALLS]",
            "[IMG]",
            "<pad>",
            "[IMG_BREAK]",
            "[IMG_END]",
            "[PREFIX]",
            "[MIDDLE]",
            "[SUFFIX]");

    private TekkenFormat() {}

    static Tokenizer read(JsonValue root) {
        JsonValue config = root.get("config");
        int specials = config.get("default_num_special_tokens").integer();
        int size = config.get("default_vocab_size").integer();
        if (specials < 0 || size <= specials || size >= Vocabulary.MAX_SIZE) {
            throw config.wrong(
                    "default_vocab_size must exceed default_num_special_tokens and stay below " + Vocabulary.MAX_SIZE);
        }
        var added = new HashMap<Integer, AddedToken>();
        for (int id = 0; id < specials; id++) {
            added.put(id, AddedToken.special(id < SPECIALS.size() ? SPECIALS.get(id) : "<SPECIAL_" + id + ">"));
        }
        if (!root.get("special_tokens").isNull()) {
            for (JsonValue token : root.get("special_tokens").list()) {
                int rank = token.get("rank").integer();
                if (rank < 0 || rank >= specials) {
                    throw token.get("rank").wrong("must lie in 0 to " + (specials - 1));
                }
                added.put(rank, AddedToken.special(token.get("token_str").string()));
            }
        }
        var ranks = new TiktokenFormat.Ranks();
        for (JsonValue token : root.get("vocab").list()) {
            int rank = token.get("rank").integer();
            if (rank < 0) {
                throw token.get("rank").wrong("must not be negative");
            }
            if (rank < size - specials) {
                ranks.put(specials + rank, bytes(token.get("token_bytes")));
            }
        }
        return TiktokenFormat.tokenizer(
                root.file(), ranks, config.get("pattern").string(), added);
    }

    private static byte[] bytes(JsonValue value) {
        try {
            return Base64.getDecoder().decode(value.string());
        } catch (TokenizerException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw value.wrong("must be base64");
        }
    }
}
