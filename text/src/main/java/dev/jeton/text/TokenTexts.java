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
                first.add(token == null ? null : Decoder.ByteLevel.bytes(token));
            } else {
                first.add(token == null ? null : text(decoder.decode(List.of(token))));
                later.add(token == null ? null : text(decoder.decode(List.of("x", token))));
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
            if (id < 0 || id >= special.length || texts.lengths[id] < 0 || (skipSpecialTokens && special[id])) {
                continue;
            }
            int start = texts.starts[id];
            int length = texts.lengths[id];
            if (end + length + 8 > text.length) {
                text = Arrays.copyOf(text, text.length * 2 + length);
            }
            if (length <= 8) {
                Bytes.putLong(text, end, Bytes.longAt(texts.arena, start)); // what is too much is written over
            } else {
                System.arraycopy(texts.arena, start, text, end, length);
            }
            end += length;
            texts = later;
        }
        return Utf8.string(text, 0, end);
    }

    /** The bytes of each token's text. */
    private static final class Texts {
        private byte[] arena = new byte[1 << 16];
        private final int[] starts;
        /** -1 for an id that no token has. */
        private final int[] lengths;

        private int count;
        private int used;

        Texts(int size) {
            starts = new int[size];
            lengths = new int[size];
        }

        void add(byte @Nullable [] text) {
            int length = text == null ? -1 : text.length;
            if (used + length + 8 > arena.length) {
                arena = Arrays.copyOf(arena, arena.length * 2 + length);
            }
            if (text != null) {
                System.arraycopy(text, 0, arena, used, length);
            }
            starts[count] = used;
            lengths[count++] = length;
            used += Math.max(0, length);
        }
    }
}
