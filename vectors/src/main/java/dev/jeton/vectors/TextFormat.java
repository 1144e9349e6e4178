package dev.jeton.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * word2vec's text format, also fastText's and GloVe's: a line "words dimension", which GloVe leaves out, then a word and its numbers a
 * line. A word may hold spaces: the numbers are counted from the line's end. What is no UTF-8 is read as U+FFFD.
 */
final class TextFormat {
    private static final Logger LOG = LoggerFactory.getLogger(TextFormat.class);

    private TextFormat() {}

    static void write(WordVectors vectors, Path file) throws IOException {
        AtomicFile.write(file, channel -> {
            Writer out = new BufferedWriter(Channels.newWriter(channel, UTF_8), 1 << 16);
            int dimension = vectors.dimension();
            out.append(vectors.size() + " " + dimension + "\n");
            float[] row = new float[dimension];
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < vectors.size(); i++) {
                vectors.matrix().copyRow(i, row);
                line.setLength(0);
                line.append(writable(vectors.word(i)));
                for (float x : row) {
                    line.append(' ').append(x);
                }
                out.append(line.append('\n'));
            }
            out.flush();
        });
    }

    /** Refuses words that this format, and word2vec's binary one, cannot tell from two. */
    static String writable(String word) {
        if (word.isEmpty() || word.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("word2vec files cannot hold the word '" + word
                    + "', since white space ends a word there; save to .safetensors, or rename it");
        }
        return word;
    }

    static WordVectors read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return new Reader(file, new Lines(in)).read();
        }
    }

    /** Lines as bytes, since words need not be UTF-8. */
    private static final class Lines {
        private final InputStream in;
        private byte[] line = new byte[1 << 12];

        Lines(InputStream in) {
            this.in = in;
        }

        @Nullable
        String next() throws IOException {
            int length = 0;
            int b = in.read();
            if (b < 0) {
                return null;
            }
            for (; b >= 0 && b != '\n'; b = in.read()) {
                if (length == line.length) {
                    line = Arrays.copyOf(line, length * 2);
                }
                line[length++] = (byte) b;
            }
            return new String(line, 0, length, UTF_8);
        }
    }

    private static final class Reader {
        private final Path file;
        private final Lines lines;
        private final WordTable words = new WordTable();
        private final List<float[]> rows = new ArrayList<>();
        private long lineNumber;
        private long repeated;

        Reader(Path file, Lines lines) {
            this.file = file;
            this.lines = lines;
        }

        WordVectors read() throws IOException {
            String line = nextLine();
            long expected = -1;
            int dimension = 0;
            if (line != null && line.strip().matches("\\d+\\s+\\d+")) {
                String[] header = line.strip().split("\\s+", -1);
                expected = Long.parseLong(header[0]);
                dimension = Integer.parseInt(header[1]);
                line = nextLine();
            } else if (line != null) {
                dimension = (int)
                        line.strip().chars().filter(c -> c == ' ' || c == '\t').count();
            }
            if (dimension < 1) {
                throw new VectorFileException(file, "line 1: 'words dimension', or a word and its numbers, is needed");
            }
            for (; line != null; line = nextLine()) {
                if (!line.isBlank()) {
                    row(line, dimension);
                }
            }
            long found = words.size() + repeated;
            if (expected >= 0 && found != expected) {
                throw new VectorFileException(
                        file,
                        "line 1 promises " + expected + " words, the file has " + found
                                + (found < expected ? ": it was cut short" : ""));
            }
            return toVectors(dimension);
        }

        private @Nullable String nextLine() throws IOException {
            lineNumber++;
            return lines.next();
        }

        private void row(String line, int dimension) {
            int end = line.stripTrailing().length();
            float[] row = new float[dimension];
            for (int d = dimension - 1; d >= 0; d--) {
                int space = Math.max(line.lastIndexOf(' ', end - 1), line.lastIndexOf('\t', end - 1));
                if (space < 1) {
                    throw broken("a word and " + dimension + " numbers are needed, there are "
                            + (dimension - 1 - d + (end > 0 ? 1 : 0)) + " fields");
                }
                row[d] = number(line.substring(space + 1, end));
                end = space;
            }
            int before = words.size();
            words.add(line.substring(0, end), 1);
            if (words.size() > before) {
                rows.add(row);
            } else {
                repeated++;
            }
        }

        private float number(String text) {
            try {
                return Float.parseFloat(text);
            } catch (NumberFormatException e) {
                throw broken("'" + text + "' is no number");
            }
        }

        private VectorFileException broken(String rule) {
            return new VectorFileException(file, "line " + lineNumber + ": " + rule);
        }

        private WordVectors toVectors(int dimension) {
            if (rows.isEmpty()) {
                throw new VectorFileException(file, "there are no words in it");
            }
            if (repeated > 0) {
                LOG.warn("{}: {} words stand there twice; the first vector of each counts", file, repeated);
            }
            Matrix matrix = Matrix.zeros(rows.size(), dimension);
            for (int i = 0; i < rows.size(); i++) {
                matrix.setRow(i, rows.get(i));
            }
            return new WordVectors(words, matrix);
        }
    }
}
