package dev.jeton.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** word2vec's binary format: a line "words dimension", then for each word its bytes, a space, its floats, and mostly a line feed. */
final class BinaryFormat {
    private static final Logger LOG = LoggerFactory.getLogger(BinaryFormat.class);

    /** No word is as long; what is, is no word but a file that is something else. */
    private static final int LONGEST_WORD = 1 << 16;

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private BinaryFormat() {}

    static void write(WordVectors vectors, Path file) throws IOException {
        AtomicFile.write(file, channel -> {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            int dimension = vectors.dimension();
            out.write((vectors.size() + " " + dimension + "\n").getBytes(UTF_8));
            float[] row = new float[dimension];
            ByteBuffer bytes = ByteBuffer.allocate(dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < vectors.size(); i++) {
                vectors.matrix().copyRow(i, row);
                out.write(TextFormat.writable(vectors.word(i)).getBytes(UTF_8));
                out.write(' ');
                bytes.asFloatBuffer().put(row);
                out.write(bytes.array());
                out.write('\n');
            }
            out.flush();
        });
    }

    static WordVectors read(Path file) throws IOException {
        return new Reader(file, MappedFile.of(file)).read();
    }

    private static final class Reader {
        private final Path file;
        private final MemorySegment bytes;
        private long at;

        Reader(Path file, MemorySegment bytes) {
            this.file = file;
            this.bytes = bytes;
        }

        WordVectors read() {
            long count = number(' ');
            long dimension = number('\n');
            long least = count * (dimension * Float.BYTES + 1);
            if (count < 1 || dimension < 1 || dimension > 1 << 20 || count > Integer.MAX_VALUE) {
                throw broken(0, "'" + count + " " + dimension + "' is no number of words and dimension");
            }
            if (bytes.byteSize() - at < least) {
                throw broken(
                        bytes.byteSize(),
                        "cut short: " + count + " words of " + dimension + " numbers need at least " + least
                                + " bytes more after byte " + at);
            }
            WordTable words = new WordTable();
            Matrix matrix = Matrix.zeros((int) count, (int) dimension);
            int repeated = 0;
            for (int i = 0; i < count; i++) {
                String word = word(i);
                long size = dimension * Float.BYTES;
                if (bytes.byteSize() - at < size) {
                    throw broken(
                            bytes.byteSize(), "cut short in word " + (i + 1) + " of " + count + ", '" + word + "'");
                }
                int before = words.size();
                int row = words.add(word, 1);
                if (words.size() > before) {
                    for (int d = 0; d < dimension; d++) {
                        matrix.set(row, d, bytes.get(FLOAT, at + (long) d * Float.BYTES));
                    }
                } else {
                    repeated++;
                }
                at += size;
            }
            if (repeated > 0) {
                LOG.warn("{}: {} words stand there twice; the first vector of each counts", file, repeated);
                matrix = new Matrix(matrix.memory(), words.size(), matrix.dimension(), matrix.stride());
            }
            return new WordVectors(words, matrix);
        }

        private long number(char end) {
            long value = 0;
            long start = at;
            while (at < bytes.byteSize() && at - start < 12) {
                byte b = bytes.get(ValueLayout.JAVA_BYTE, at++);
                if (b == end && at - 1 > start) {
                    return value;
                }
                if (b >= '0' && b <= '9') {
                    value = value * 10 + b - '0';
                } else if (b != '\r') {
                    break;
                }
            }
            throw broken(start, "a word2vec file starts with a line 'words dimension'");
        }

        private String word(int index) {
            while (at < bytes.byteSize() && bytes.get(ValueLayout.JAVA_BYTE, at) == '\n') {
                at++;
            }
            long start = at;
            while (at < bytes.byteSize() && bytes.get(ValueLayout.JAVA_BYTE, at) != ' ') {
                if (at - start > LONGEST_WORD) {
                    throw broken(start, "word " + (index + 1) + " has no end");
                }
                at++;
            }
            if (at == bytes.byteSize()) {
                throw broken(at, "cut short in word " + (index + 1));
            }
            byte[] word = bytes.asSlice(start, at - start).toArray(ValueLayout.JAVA_BYTE);
            at++;
            return new String(word, UTF_8);
        }

        private VectorFileException broken(long place, String rule) {
            return new VectorFileException(file, "byte " + place + ": " + rule);
        }
    }
}
