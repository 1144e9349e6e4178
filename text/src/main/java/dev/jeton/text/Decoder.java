package dev.jeton.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** A step from tokens back to text: the {@code decoder} of a {@code tokenizer.json}. */
sealed interface Decoder
        permits SentencePieceDecoder,
                Decoder.Sequence,
                Decoder.ByteLevel,
                Decoder.WordPiece,
                Decoder.Metaspace,
                Decoder.BpeSuffix,
                Decoder.Ctc,
                Decoder.ByteFallback,
                Decoder.Fuse,
                Decoder.Strip,
                Decoder.Replace {

    /** The pieces whose concatenation is the text. */
    List<String> decode(List<String> tokens);

    /** Several, one after another. */
    record Sequence(List<Decoder> decoders) implements Decoder {
        public Sequence {
            decoders = List.copyOf(decoders);
        }

        @Override
        public List<String> decode(List<String> tokens) {
            List<String> result = tokens;
            for (Decoder decoder : decoders) {
                result = decoder.decode(result);
            }
            return result;
        }
    }

    /** From the byte alphabet to bytes to text. */
    record ByteLevel(boolean addPrefixSpace, boolean trimOffsets, boolean useRegex) implements Decoder {
        @Override
        public List<String> decode(List<String> tokens) {
            var bytes = new java.io.ByteArrayOutputStream();
            for (String token : tokens) {
                bytes.writeBytes(bytes(token));
            }
            byte[] all = bytes.toByteArray();
            return List.of(Utf8.string(all, 0, all.length));
        }

        /** A token that holds a character outside the alphabet was added as it is. */
        static byte[] bytes(String token) {
            byte[] bytes = ByteAlphabet.bytes(token);
            return bytes == null ? Utf8.encode(token) : bytes;
        }
    }

    /** Joins word pieces, and with {@code cleanup} takes out the spaces that English does not write. */
    record WordPiece(String prefix, boolean cleanup) implements Decoder {
        @Override
        public List<String> decode(List<String> tokens) {
            var result = new ArrayList<String>(tokens.size());
            for (int i = 0; i < tokens.size(); i++) {
                String token = tokens.get(i);
                if (i > 0) {
                    token = token.startsWith(prefix) ? token.substring(prefix.length()) : " " + token;
                }
                result.add(cleanup ? cleanUp(token) : token);
            }
            return result;
        }

        static String cleanUp(String text) {
            return text.replace(" .", ".")
                    .replace(" ?", "?")
                    .replace(" !", "!")
                    .replace(" ,", ",")
                    .replace(" ' ", "'")
                    .replace(" n't", "n't")
                    .replace(" 'm", "'m")
                    .replace(" do not", " don't")
                    .replace(" 's", "'s")
                    .replace(" 've", "'ve")
                    .replace(" 're", "'re");
        }
    }

    /** The sign becomes a space, or nothing at the very beginning. */
    record Metaspace(String replacement, PreTokenizer.PrependScheme prependScheme, boolean split) implements Decoder {
        @Override
        public List<String> decode(List<String> tokens) {
            var result = new ArrayList<String>(tokens.size());
            for (int i = 0; i < tokens.size(); i++) {
                boolean dropped = i == 0 && prependScheme != PreTokenizer.PrependScheme.NEVER;
                result.add(tokens.get(i).replace(replacement, dropped ? "" : " "));
            }
            return result;
        }
    }

    /** The end of a word becomes a space. */
    record BpeSuffix(String suffix) implements Decoder {
        @Override
        public List<String> decode(List<String> tokens) {
            var result = new ArrayList<String>(tokens.size());
            for (int i = 0; i < tokens.size(); i++) {
                result.add(
                        suffix.isEmpty()
                                ? tokens.get(i)
                                : tokens.get(i).replace(suffix, i == tokens.size() - 1 ? "" : " "));
            }
            return result;
        }
    }

    /** For speech: repeats are one, the pad is none. */
    record Ctc(String padToken, String wordDelimiter, boolean cleanup) implements Decoder {
        @Override
        public List<String> decode(List<String> tokens) {
            var result = new ArrayList<String>(tokens.size());
            for (int i = 0; i < tokens.size(); i++) {
                String token = tokens.get(i);
                if (i > 0 && token.equals(tokens.get(i - 1))) {
                    continue;
                }
                String replaced = padToken.isEmpty() ? token : token.replace(padToken, "");
                if (cleanup) {
                    replaced = WordPiece.cleanUp(replaced).replace(wordDelimiter, " ");
                }
                if (!replaced.isEmpty()) {
                    result.add(replaced);
                }
            }
            return result;
        }
    }

    /** Runs of {@code <0xNN>} become the text of their bytes, or one U+FFFD a byte where they are none. */
    record ByteFallback() implements Decoder {
        @Override
        public List<String> decode(List<String> tokens) {
            var result = new ArrayList<String>(tokens.size());
            var bytes = new java.io.ByteArrayOutputStream();
            for (String token : tokens) {
                int value = byteOf(token);
                if (value >= 0) {
                    bytes.write(value);
                } else {
                    flush(bytes, result);
                    result.add(token);
                }
            }
            flush(bytes, result);
            return result;
        }

        /** The byte that a token {@code <0xNN>} names, or -1. */
        static int byteOf(String token) {
            if (token.length() != 6 || !token.startsWith("<0x") || token.charAt(5) != '>') {
                return -1;
            }
            int high = Character.digit(token.charAt(3), 16);
            int low = Character.digit(token.charAt(4), 16);
            return high < 0 || low < 0 ? -1 : high << 4 | low;
        }

        private static void flush(java.io.ByteArrayOutputStream bytes, List<String> result) {
            if (bytes.size() == 0) {
                return;
            }
            byte[] all = bytes.toByteArray();
            boolean valid = true;
            for (int i = 0; i < all.length && valid; i += Utf8.sequenceLength(all[i])) {
                valid = Utf8.decode(all, i, all.length) >= 0;
            }
            result.add(valid ? Utf8.string(all, 0, all.length) : "\uFFFD".repeat(all.length));
            bytes.reset();
        }
    }

    /** All in one. */
    record Fuse() implements Decoder {
        @Override
        public List<String> decode(List<String> tokens) {
            return List.of(String.join("", tokens));
        }
    }

    /** Drops up to so many of one character at the ends of each token. */
    record Strip(int content, int start, int stop) implements Decoder {
        @Override
        public List<String> decode(List<String> tokens) {
            return tokens.stream().map(this::strip).toList();
        }

        private String strip(String token) {
            String sign = Character.toString(content);
            int from = 0;
            for (int i = 0; i < start && token.startsWith(sign, from); i++) {
                from += sign.length();
            }
            int to = token.length();
            for (int i = 0; i < stop && to - sign.length() >= from && token.startsWith(sign, to - sign.length()); i++) {
                to -= sign.length();
            }
            return token.substring(from, to);
        }
    }

    /** Puts {@code content} in the place of every match. */
    record Replace(SplitPattern pattern, String content) implements Decoder {
        @Override
        public List<String> decode(List<String> tokens) {
            return tokens.stream()
                    .map(token -> pattern.matcher(token).replaceAll(Matcher.quoteReplacement(content)))
                    .toList();
        }
    }
}
