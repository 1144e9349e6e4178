package dev.jeton.text;

import java.util.Arrays;

/**
 * Text from ids that come one by one, such as a model's. Never gives out half a character.
 *
 * <p>What {@link #put} and {@link #finish} give, put together, is what {@link Tokenizer#decode(int[], boolean)} gives for all ids,
 * with one exception: a byte token that spoils a run of them, whose characters {@code decode} would take back, spoils only
 * what is not given out yet.
 *
 * {@snippet :
 * var stream = tokenizer.decodeStream();
 * for (int id : ids) {
 *     System.out.print(stream.put(id));
 * }
 * System.out.println(stream.finish());
 * }
 *
 * <p>For one text and one thread.
 */
public final class DecodeStream {
    /** An unfinished character is at most three bytes, so more replacement characters than that are there to stay. */
    private static final int MOST_UNFINISHED = 3;

    private final Tokenizer tokenizer;
    private final boolean skipSpecialTokens;
    private final boolean byteLevel;
    /** The ids since the last text but one: the first {@code done} have been given out and are kept for what they join to. */
    private int[] ids = new int[16];

    private int size;
    private int done;
    /** Of byte-level tokens, the beginning of a character. */
    private byte[] begun = new byte[0];

    DecodeStream(Tokenizer tokenizer, boolean skipSpecialTokens) {
        this.tokenizer = tokenizer;
        this.skipSpecialTokens = skipSpecialTokens;
        byteLevel = tokenizer.pipeline().decoder() instanceof Decoder.ByteLevel;
    }

    /** The text that is certain now that this id has come; may be empty. */
    public String put(int id) {
        String token = tokenizer.pipeline().token(id);
        if (token == null
                || (skipSpecialTokens && tokenizer.pipeline().addedTokens().isSpecial(id))) {
            return "";
        }
        if (byteLevel) {
            return putBytes(Decoder.ByteLevel.bytes(token));
        }
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
        }
        ids[size++] = id;
        String fresh = fresh();
        if (fresh.isEmpty() || endsUnfinished(fresh)) {
            return "";
        }
        // the context must hold something visible: decoders drop spaces at the beginning of a text
        if (!fresh.isBlank()) {
            System.arraycopy(ids, done, ids, 0, size - done);
            size -= done;
        }
        done = size;
        return fresh;
    }

    /** What is left when no more ids come; the stream can be used again for another text. */
    public String finish() {
        String result = byteLevel ? Utf8.string(begun, 0, begun.length) : done < size ? fresh() : "";
        begun = new byte[0];
        size = 0;
        done = 0;
        return result;
    }

    /** What the ids that are not done add to those that are. */
    private String fresh() {
        String before = decode(0, done);
        String whole = decode(0, size);
        return whole.startsWith(before) ? whole.substring(before.length()) : decode(done, size);
    }

    private String decode(int from, int to) {
        return from == to ? "" : tokenizer.decode(Arrays.copyOfRange(ids, from, to), false);
    }

    private static boolean endsUnfinished(String text) {
        int from = text.length();
        while (from > 0 && text.charAt(from - 1) == '\uFFFD') {
            from--;
        }
        int replaced = text.length() - from;
        boolean halfPair = Character.isHighSurrogate(text.charAt(text.length() - 1));
        return halfPair || (replaced > 0 && replaced <= MOST_UNFINISHED);
    }

    private String putBytes(byte[] more) {
        byte[] all = Arrays.copyOf(begun, begun.length + more.length);
        System.arraycopy(more, 0, all, begun.length, more.length);
        int end = wholeCharacters(all);
        begun = Arrays.copyOfRange(all, end, all.length);
        return Utf8.string(all, 0, end);
    }

    /** Where the last character begins if it may still be finished, else the end. */
    private static int wholeCharacters(byte[] bytes) {
        for (int i = bytes.length - 1; i >= 0 && i >= bytes.length - MOST_UNFINISHED; i--) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return i + Utf8.sequenceLength(bytes[i]) > bytes.length ? i : bytes.length;
            }
        }
        return bytes.length;
    }
}
