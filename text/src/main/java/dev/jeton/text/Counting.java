package dev.jeton.text;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Counts the words of a block of text. */
final class Counting {
    /** Takes a part of a block. */
    private interface Range {
        void take(int from, int to);
    }

    private Counting() {}

    /** By a scanner, on the bytes as they are. */
    static void scan(Corpus.Block block, boolean lines, WordScanner scanner, WordCounts counts) {
        int[] spans = new int[512];
        eachText(block, lines, (from, to) -> {
            for (int at = from; at < to; ) {
                int count = scanner.scan(block.bytes(), at, to, spans);
                for (int i = 0; i < count && spans[2 * i] < block.to(); i++) {
                    counts.add(block.bytes(), spans[2 * i], spans[2 * i + 1], 1);
                }
                at = spans[2 * count - 1];
            }
        });
    }

    /** By the steps of a pipeline. */
    static void pipeline(
            Corpus.Block block,
            boolean lines,
            @Nullable Normalizer normalizer,
            PreTokenizer preTokenizer,
            WordCounts counts) {
        eachText(block, lines, (from, to) -> {
            int end = Math.min(to, block.to());
            AlignedText text = AlignedText.of(new String(block.bytes(), from, end - from, StandardCharsets.UTF_8));
            AlignedText normal = normalizer == null ? text : normalizer.normalize(text);
            if (!normal.isEmpty()) {
                for (AlignedText word : preTokenizer.split(normal)) {
                    byte[] bytes = Utf8.encode(word.toString());
                    counts.add(bytes, 0, bytes.length, 1);
                }
            }
        });
    }

    private static void eachText(Corpus.Block block, boolean lines, Range text) {
        if (!lines) {
            text.take(0, block.end());
            return;
        }
        int from = 0;
        for (int i = 0; i <= block.to(); i++) {
            if (i == block.to() || block.bytes()[i] == '\n') {
                int to = i > from && i < block.to() && block.bytes()[i - 1] == '\r' ? i - 1 : i;
                if (to > from) {
                    text.take(from, to);
                }
                from = i + 1;
            }
        }
    }
}
