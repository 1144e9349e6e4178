package dev.jeton.text;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ids to text without an object a token, for decoders that give each token its own text, whatever stands around it: only at the
 * beginning it may be another.
 */
final class TokenTexts {
    private static final String SIGN = Character.toString(SentencePieceNormalizer.SPACE);

    private final Texts first;
    private final Texts later;
    private final boolean[] special;

    /** Whether some tokens are single bytes, which only together may be characters, and a first space is dropped. */
    private final boolean byteFallback;

    /** Whether a decoder looks at one token at a time. */
    static boolean serves(@Nullable Decoder decoder) {
        return decoder instanceof Decoder.ByteLevel
                || decoder instanceof Decoder.WordPiece
                || decoder instanceof Decoder.Metaspace
                || isLlama(decoder);
    }

    /** LLaMA's and Mistral's: visible spaces become spaces, bytes become characters, and the first space goes. */
    private static boolean isLlama(@Nullable Decoder decoder) {
        return decoder instanceof Decoder.Sequence(List<Decoder> steps)
                && steps.size() == 4
                && steps.get(0).equals(new Decoder.Replace(SplitPattern.literal(SIGN), " "))
                && steps.get(1) instanceof Decoder.ByteFallback
                && steps.get(2) instanceof Decoder.Fuse
                && steps.get(3).equals(new Decoder.Strip(' ', 1, 0));
    }

    TokenTexts(Pipeline pipeline, int size) {
        Decoder decoder = Objects.requireNonNull(pipeline.decoder());
        byteFallback = isLlama(decoder);
        boolean alike = byteFallback || decoder instanceof Decoder.ByteLevel;
        first = new Texts(size);
        later = alike ? first : new Texts(size);
        special = new boolean[size];
        for (int id = 0; id < size; id++) {
            special[id] = pipeline.addedTokens().isSpecial(id);
            if (alike) {
                first.add(byteFallback ? llama(pipeline.token(id)) : bytes(pipeline, id), special[id]);
            } else {
                String token = pipeline.token(id);
                first.add(token == null ? null : text(decoder.decode(List.of(token))), special[id]);
                later.add(token == null ? null : text(decoder.decode(List.of("x", token))), special[id]);
            }
        }
    }

    private static byte @Nullable [] bytes(Pipeline pipeline, int id) {
        if (pipeline.model().vocabulary() instanceof ByteVocabulary vocabulary
                && pipeline.addedTokens().get(id) == null) {
            return vocabulary.bytes(id);
        }
        String token = pipeline.token(id);
        return token == null ? null : Decoder.ByteLevel.bytes(token);
    }

    private static byte @Nullable [] llama(@Nullable String token) {
        if (token == null) {
            return null;
        }
        int value = Decoder.ByteFallback.byteOf(token);
        return value >= 0 ? new byte[] {(byte) value} : Utf8.encode(token.replace(SIGN, " "));
    }

    private static byte[] text(List<String> decoded) {
        return Utf8.encode(decoded.getLast());
    }

    /** The text; null if bytes in it are no characters, which only the decoder itself deals with. */
    @Nullable
    String decode(int[] ids, boolean skipSpecialTokens) {
        byte[] text = new byte[ids.length * 6 + Scratch.PADDING];
        int end = 0;
        Texts texts = first;
        for (int id : ids) {
            long entry = id >= 0 && id < special.length ? texts.entries[id] : Texts.ABSENT;
            if (entry < 0) {
                if (entry == Texts.ABSENT || (skipSpecialTokens && special[id])) {
                    continue;
                }
                int length = (int) (entry >>> 32) & Texts.MOST;
                if (end + length + 8 > text.length) {
                    text = Arrays.copyOf(text, text.length * 2 + length);
                }
                System.arraycopy(texts.arena, (int) entry, text, end, length);
                end += length;
            } else {
                if (end + 16 > text.length) {
                    text = Arrays.copyOf(text, text.length * 2);
                }
                Bytes.putLong(text, end, entry); // what is too much is written over
                end += (int) (entry >>> 56);
            }
            texts = later;
        }
        int start = byteFallback && end > 0 && text[0] == ' ' ? 1 : 0;
        String result = Utf8.string(text, start, end);
        return byteFallback && result.indexOf('\uFFFD') >= 0 ? null : result;
    }

    /** The bytes of each token's text. */
    private static final class Texts {
        static final long ABSENT = -1;
        /** More bytes than any token has: the entry of none is {@link #ABSENT}. */
        static final int MOST = (1 << 30) - 1;

        private static final int INLINE = 7;
        private static final long ELSEWHERE = 1L << 63;

        /** The bytes, with their number in the highest one; of long and of special tokens how many they are and where they lie. */
        private final long[] entries;

        private byte[] arena = new byte[1 << 12];
        private int count;
        private int used;

        Texts(int size) {
            entries = new long[size];
        }

        void add(byte @Nullable [] text, boolean special) {
            entries[count++] = text == null ? ABSENT : entry(text, special);
        }

        private long entry(byte[] text, boolean special) {
            if (text.length <= INLINE && !special) {
                long entry = (long) text.length << 56;
                for (int i = 0; i < text.length; i++) {
                    entry |= (text[i] & 0xFFL) << (8 * i);
                }
                return entry;
            }
            if (used + text.length > arena.length) {
                arena = Arrays.copyOf(arena, arena.length * 2 + text.length);
            }
            System.arraycopy(text, 0, arena, used, text.length);
            used += text.length;
            return ELSEWHERE | ((long) text.length << 32) | (used - text.length);
        }
    }
}
