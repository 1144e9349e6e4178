package dev.jeton.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** fastText's {@code .bin} of versions 11 and 12, read only: words and their n-grams, not quantised. */
final class FastTextFormat {
    static final int MAGIC = 793712314;

    /** fastText gives this one word no n-grams. */
    private static final String SENTENCE_END = "</s>";

    private static final int SUPERVISED = 3;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final MemorySegment bytes;
    private long at;

    private FastTextFormat(Path file, MemorySegment bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    static WordVectors read(Path file) throws IOException {
        return new FastTextFormat(file, MappedFile.of(file)).read();
    }

    private WordVectors read() {
        at = Integer.BYTES;
        int version = nextInt();
        if (version != 11 && version != 12) {
            throw broken("version " + version + " of fastText's format is not known; 11 and 12 are");
        }
        int dimension = nextInt();
        skip(6 * Integer.BYTES);
        int model = nextInt();
        int bucketCount = nextInt();
        int minLength = nextInt();
        int maxLength = version == 11 && model == SUPERVISED ? 0 : nextInt();
        skip(Integer.BYTES + Double.BYTES);
        if (dimension < 1 || bucketCount < 0) {
            throw broken("dimension " + dimension + " and " + bucketCount + " buckets cannot be");
        }
        WordTable words = words();
        if (next() != 0) {
            throw broken("the vectors are quantised, which cannot be read; use the model before quantisation");
        }
        long rows = nextLong();
        long columns = nextLong();
        int buckets = maxLength > 0 ? bucketCount : 0;
        if (rows < words.size() + (long) buckets || columns != dimension) {
            throw broken("a matrix of " + rows + " × " + columns + " does not fit " + words.size() + " words, "
                    + buckets + " buckets and dimension " + dimension);
        }
        require(rows * columns * Float.BYTES);
        Matrix table = new Matrix(bytes.asSlice(at, rows * columns * Float.BYTES), (int) rows, dimension, dimension);
        return buckets == 0
                ? new WordVectors(words, copied(table, 0, words.size()))
                : composed(words, table, new Subwords(minLength, maxLength, buckets));
    }

    private WordTable words() {
        int size = nextInt();
        int wordCount = nextInt();
        int labels = nextInt();
        skip(Long.BYTES);
        long pruned = nextLong();
        if (wordCount < 1 || size != wordCount + labels || pruned > 0) {
            throw broken(
                    pruned > 0 ? "the dictionary is pruned, which only quantised models are" : "there are no words");
        }
        WordTable words = new WordTable();
        for (int i = 0; i < size; i++) {
            long start = at;
            while (next() != 0) {
                // the word ends in a zero byte
            }
            String word = new String(bytes.asSlice(start, at - 1 - start).toArray(ValueLayout.JAVA_BYTE), UTF_8);
            long count = nextLong();
            next();
            if (i < wordCount) {
                int before = words.size();
                words.add(word, count);
                if (words.size() == before) {
                    throw broken("word " + (i + 1) + ", '" + word + "', stands there twice");
                }
            }
        }
        return words;
    }

    private static Matrix copied(Matrix source, int from, int rows) {
        Matrix copy = Matrix.zeros(rows, source.dimension());
        float[] row = new float[source.dimension()];
        for (int i = 0; i < rows; i++) {
            source.copyRow(from + i, row);
            copy.setRow(i, row);
        }
        return copy;
    }

    /** The buckets stay in the mapped file; words get their means. */
    private static WordVectors composed(WordTable words, Matrix table, Subwords lengths) {
        SubwordIndex index = new SubwordIndex(lengths);
        long offset = table.offset(words.size());
        MemorySegment rest = table.memory().asSlice(offset);
        Matrix buckets = new Matrix(rest, lengths.buckets(), table.dimension(), table.stride());
        Matrix vectors = copied(table, 0, words.size());
        for (int word = 0; word < words.size(); word++) {
            String text = words.word(word);
            int[] rows = text.equals(SENTENCE_END) ? new int[0] : index.buckets(text);
            for (int d = 0; d < table.dimension(); d++) {
                float sum = vectors.get(word, d);
                for (int row : rows) {
                    sum += buckets.get(row, d);
                }
                vectors.set(word, d, sum / (rows.length + 1));
            }
        }
        return new WordVectors(words, vectors, new SubwordVectors(index, buckets), null);
    }

    private byte next() {
        require(1);
        return bytes.get(ValueLayout.JAVA_BYTE, at++);
    }

    private int nextInt() {
        require(Integer.BYTES);
        at += Integer.BYTES;
        return bytes.get(INT, at - Integer.BYTES);
    }

    private long nextLong() {
        require(Long.BYTES);
        at += Long.BYTES;
        return bytes.get(LONG, at - Long.BYTES);
    }

    private void skip(int count) {
        require(count);
        at += count;
    }

    private void require(long count) {
        if (count < 0 || bytes.byteSize() - at < count) {
            throw broken("cut short: " + count + " bytes more are needed, " + (bytes.byteSize() - at) + " are there");
        }
    }

    private VectorFileException broken(String rule) {
        return new VectorFileException(file, "byte " + at + ": " + rule);
    }
}
