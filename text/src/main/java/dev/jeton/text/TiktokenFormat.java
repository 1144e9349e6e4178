package dev.jeton.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads tiktoken's rank files: a token in base64 and its rank on each line. */
final class TiktokenFormat {
    private TiktokenFormat() {}

    /** What a rank file does not say: the pattern and the special tokens, known by how many ranks there are. */
    private record Known(String name, int ranks, String pattern, Map<String, Integer> specials) {}

    private static final List<Known> KNOWN = List.of(
            new Known("r50k_base", 50256, KnownPatterns.GPT2, Map.of("<|endoftext|>", 50256)),
            new Known("p50k_base", 50280, KnownPatterns.GPT2, Map.of("<|endoftext|>", 50256)),
            new Known(
                    "cl100k_base",
                    100256,
                    KnownPatterns.CL100K,
                    Map.of(
                            "<|endoftext|>", 100257,
                            "<|fim_prefix|>", 100258,
                            "<|fim_middle|>", 100259,
                            "<|fim_suffix|>", 100260,
                            "<|endofprompt|>", 100276)),
            new Known(
                    "o200k_base",
                    199998,
                    KnownPatterns.O200K,
                    Map.of("<|endoftext|>", 199999, "<|endofprompt|>", 200018)),
            new Known("LLaMA 3", 128000, KnownPatterns.CL100K, llama3()),
            new Known(
                    "Qwen",
                    151643,
                    KnownPatterns.QWEN2,
                    Map.of("<|endoftext|>", 151643, "<|im_start|>", 151644, "<|im_end|>", 151645)));

    /** Tokens by rank. */
    static final class Ranks {
        private byte[] @Nullable [] tokens = new byte[1 << 12][];
        private int size;
        private int count;

        /** Sets the token of a rank; the later one counts. */
        void put(int rank, byte[] token) {
            if (rank >= tokens.length) {
                tokens = Arrays.copyOf(tokens, Math.max(rank + 1, tokens.length * 2));
            }
            count += tokens[rank] == null ? 1 : 0;
            tokens[rank] = token;
            size = Math.max(size, rank + 1);
        }

        int count() {
            return count;
        }

        byte[] @Nullable [] tokens() {
            return Arrays.copyOf(tokens, size);
        }
    }

    private static Map<String, Integer> llama3() {
        var result = new HashMap<String, Integer>();
        List<String> named = List.of(
                "<|begin_of_text|>",
                "<|end_of_text|>",
                "<|reserved_special_token_0|>",
                "<|reserved_special_token_1|>",
                "<|finetune_right_pad_id|>",
                "<|step_id|>",
                "<|start_header_id|>",
                "<|end_header_id|>",
                "<|eom_id|>",
                "<|eot_id|>",
                "<|python_tag|>");
        for (int i = 0; i < 256; i++) {
            result.put(i < named.size() ? named.get(i) : "<|reserved_special_token_" + (i - 9) + "|>", 128000 + i);
        }
        return result;
    }

    static boolean looksLike(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && end < 256 && bytes[end] != '\n') {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1).strip().matches("[A-Za-z0-9+/]+=* \\d+");
    }

    static Tokenizer read(String file, byte[] bytes) {
        var ranks = new Ranks();
        int line = 1;
        for (int from = 0; from < bytes.length; line++) {
            int end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            if (!readLine(bytes, from, end, ranks)) {
                throw new TokenizerException("%s, line %d: must be a token in base64, a space and its rank below %d"
                        .formatted(file, line, Vocabulary.MAX_SIZE));
            }
            from = end + 1;
        }
        for (Known known : KNOWN) {
            if (known.ranks == ranks.count()) {
                var added = new HashMap<Integer, AddedToken>();
                known.specials.forEach((token, id) -> added.put(id, AddedToken.special(token)));
                return tokenizer(file, ranks, known.pattern, added);
            }
        }
        throw new TokenizerException(file + ": a rank file does not say how text is cut; known are files of "
                + KNOWN.stream()
                        .map(known -> known.ranks + " ranks (" + known.name + ")")
                        .toList() + ", got "
                + ranks.count());
    }

    /** Reads a line, which may be blank; false if it is wrong. */
    private static boolean readLine(byte[] bytes, int from, int to, Ranks ranks) {
        int end = to;
        while (end > from && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
            end--;
        }
        int space = from;
        while (space < end && bytes[space] != ' ') {
            space++;
        }
        if (end == from) {
            return true;
        }
        long rank = 0;
        for (int at = space + 1; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9 || rank >= Vocabulary.MAX_SIZE) {
                return false;
            }
            rank = rank * 10 + digit;
        }
        if (space == from || space + 1 >= end || rank >= Vocabulary.MAX_SIZE) {
            return false;
        }
        try {
            ranks.put((int) rank, Base64.getDecoder().decode(Arrays.copyOfRange(bytes, from, space)));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A byte-level BPE of ranked tokens: two neighbours merge where their concatenation is a token, the least rank first. */
    static Tokenizer tokenizer(String file, Ranks ranks, String pattern, Map<Integer, AddedToken> added) {
        var vocabulary = new ByteVocabulary(ranks.tokens());
        TokenTable table = vocabulary.table();
        for (int value = 0; value < 256; value++) {
            if (table.find((byte) value) < 0) {
                throw new TokenizerException("%s: every byte must be a token, 0x%02X is none".formatted(file, value));
            }
        }
        var options = new BpeModel.Options(null, null, null, false, false, true);
        var model = new BpeModel(vocabulary, options);
        var split = new PreTokenizer.Split(SplitPattern.regex(pattern), SplitPattern.Behavior.ISOLATED, false);
        var pipeline = new Pipeline(
                new AddedTokens(added, null),
                null,
                new PreTokenizer.Sequence(List.of(split, new PreTokenizer.ByteLevel(false, true, false))),
                model,
                null,
                new Decoder.ByteLevel(false, true, true));
        return new Tokenizer(pipeline, EncodeOptions.defaults());
    }
}
