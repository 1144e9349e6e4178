package dev.jeton.bench.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A corpus cut into documents of 20,000 characters.
 *
 * @param texts the documents
 * @param bytes how long they are in UTF-8, all together
 */
record Documents(List<String> texts, long bytes) {
    private static final int LENGTH = 20_000;

    Documents {
        texts = List.copyOf(texts);
    }

    /** The first {@code limit} documents of a file. */
    static Documents of(Path file, int limit) throws IOException {
        String text = Files.readString(file);
        var texts = new ArrayList<String>();
        long bytes = 0;
        for (int from = 0; from < text.length() && texts.size() < limit; ) {
            int to = Math.min(text.length(), from + LENGTH);
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            texts.add(text.substring(from, to));
            bytes += texts.getLast().getBytes(StandardCharsets.UTF_8).length;
            from = to;
        }
        return new Documents(texts, bytes);
    }
}
