package dev.jeton.text;

import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Text to ids without the pipeline's objects, for the pipelines met in practice: the text's bytes are scanned for words, and most
 * words are in the cache.
 */
class FastEncoder {
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

    /** Adds the ids of the words between two places of a text. */
    void encode(Scratch scratch, byte[] text, int from, int to) {
        int[] spans = scratch.spans;
        Trace trace = scratch.trace;
        int at = from;
        while (at < to) {
            int count = scanner.scan(text, at, to, spans) * 2;
            if (count == 0) {
                return;
            }
            at = spans[count - 1];
            scratch.ensureIds(at - spans[0] + WordCache.EXCESS);
            for (int i = 0; i < count; i += 2) {
                if (trace == null) {
                    i = scratch.cache.add(text, spans, i, count, scratch);
                    if (i == count) {
                        break;
                    }
                }
                int start = spans[i];
                int end = spans[i + 1];
                int size = scratch.size;
                if (!scratch.cache.add(text, start, end, 0, scratch)) {
                    if (words.encode(text, start, end, scratch)) {
                        scratch.cache.keep(text, start, end, 0, scratch, size);
                    }
                }
                if (trace != null) {
                    trace.word(words, text, start, end, scanner.beginsWord(text, from, start), scratch, size);
                }
            }
        }
    }
}
