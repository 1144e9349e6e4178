package dev.jeton.text;

import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Text to ids without the pipeline's objects, for the pipelines met in practice: the text's bytes are scanned for words, and most
 * words are in the cache.
 */
final class FastEncoder {
    private final WordScanner scanner;
    private final WordEncoder words;
    private final ConcurrentLinkedDeque<Scratch> pool = new ConcurrentLinkedDeque<>();

    FastEncoder(WordScanner scanner, WordEncoder words) {
        this.scanner = scanner;
        this.words = words;
    }

    Scratch borrow() {
        Scratch scratch = pool.pollFirst();
        if (scratch == null) {
            scratch = new Scratch();
        }
        scratch.clear();
        return scratch;
    }

    void giveBack(Scratch scratch) {
        pool.offerFirst(scratch);
    }

    /** Adds the ids of the words between two places of {@code scratch.text}. */
    void encode(Scratch scratch, int from, int to) {
        byte[] text = scratch.text;
        int[] spans = scratch.spans;
        int at = from;
        while (at < to) {
            int count = scanner.scan(text, at, to, spans) * 2;
            if (count == 0) {
                return;
            }
            at = spans[count - 1];
            scratch.ensureIds(at - spans[0] + 8);
            for (int i = 0; i < count; i += 2) {
                word(text, spans[i], spans[i + 1], scratch);
            }
        }
    }

    private void word(byte[] text, int from, int to, Scratch scratch) {
        int length = to - from;
        if (length > Scratch.MAX_CACHED) {
            words.encode(text, from, to, scratch);
            return;
        }
        long low = Bytes.longAt(text, from);
        long high = (long) length << 56;
        if (length <= 8) {
            low = Bytes.low(low, length);
        } else {
            high |= Bytes.low(Bytes.longAt(text, from + 8), length - 8);
        }
        int bucket = Scratch.bucket(low, high);
        if (!scratch.hit(bucket, low, high)) {
            int size = scratch.size;
            words.encode(text, from, to, scratch);
            scratch.remember(bucket, low, high, size);
        }
    }
}
