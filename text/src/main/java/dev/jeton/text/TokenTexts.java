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
    private final Texts first;
    private final Texts later;
    private final boolean[] special;

    /** Whether a decoder looks at one token at a time. */
    static boolean serves(@Nullable Decoder decoder) {
        return decoder instanceof Decoder.ByteLevel
                || decoder instanceof Decoder.WordPiece
                || decoder instanceof Decoder.Metaspace;
    }

    TokenTexts(Pipeline pipeline, int size) {
        Decoder decoder = Objects.requireNonNull(pipeline.decoder());
        boolean bytes = decoder instanceof Decoder.ByteLevel;
        first = new Texts(size);
        later = bytes ? first : new Texts(size);
        special = new boolean[size];
        for (int id = 0; id < size; id++) {
            String token = pipeline.token(id);
            special[id] = pipeline.addedTokens().isSpecial(id);
            if (bytes) {
                first.add(token == null ? null : Decoder.ByteLevel.bytes(token), special[id]);
            } else {
                first.add(token == null ? null : text(decoder.decode(List.of(token))), special[id]);
                later.add(token == null ? null : text(decoder.decode(List.of("x", token))), special[id]);
            }
        }
    }

    private static byte[] text(List<String> decoded) {
        return Utf8.encode(decoded.getLast());
    }

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
        return Utf8.string(text, 0, end);
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
