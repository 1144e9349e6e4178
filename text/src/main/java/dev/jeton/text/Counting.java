package dev.jeton.text;

/** Counts the words of blocks of text. */
final class Counting {
    private final WordScanner scanner;
    private final boolean lines;
    private final WordCounts counts;
    private final int[] spans = new int[512];

    /**
     * @param lines whether each line is a text, without its break
     */
    Counting(WordScanner scanner, boolean lines, WordCounts counts) {
        this.scanner = scanner;
        this.lines = lines;
        this.counts = counts;
    }

    void add(byte[] block, int size) {
        if (!lines) {
            addText(block, 0, size);
            return;
        }
        int from = 0;
        for (int i = 0; i < size; i++) {
            if (block[i] == '\n') {
                addText(block, from, i > from && block[i - 1] == '\r' ? i - 1 : i);
                from = i + 1;
            }
        }
        addText(block, from, size);
    }

    private void addText(byte[] block, int from, int to) {
        for (int at = from; at < to; ) {
            int end = scanner.scan(block, at, to, spans) * 2;
            for (int i = 0; i < end; i += 2) {
                counts.add(block, spans[i], spans[i + 1], 1);
            }
            at = spans[end - 1];
        }
    }
}
