package dev.jeton.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Jeton's own file of vectors, a safetensors file that opens by mapping it:
 *
 * <ul>
 *   <li>{@code vectors} F32 [words, dimension] and {@code norms} F32 [words], their lengths;
 *   <li>{@code words} U8: the words as UTF-8, a line feed after each; {@code word_ends} I64 and {@code word_order} I32 find them;
 *   <li>{@code buckets} F32 [buckets, dimension] with subwords, whose lengths stand in the metadata as {@code subwords};
 *   <li>{@code counts} I64 and {@code outputs} F32, from a training that can go on, whose {@code objective} stands in the metadata.
 * </ul>
 */
final class SafetensorsFormat {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private SafetensorsFormat() {}

    // ---- writing ---------------------------------------------------------------------------------------------------

    static void write(WordVectors vectors, Path file) throws IOException {
        byte[][] words = IntStream.range(0, vectors.size())
                .mapToObj(i -> line(vectors.word(i)))
                .toArray(byte[][]::new);
        long textBytes = Arrays.stream(words).mapToLong(word -> word.length).sum();
        SubwordVectors subwords = vectors.subwords();
        TrainingState state = vectors.state();
        Layout layout = new Layout();
        layout.matrix("vectors", vectors.matrix());
        layout.add("norms", "F32", Float.BYTES, vectors.size());
        layout.add("word_ends", "I64", Long.BYTES, vectors.size());
        layout.add("word_order", "I32", Integer.BYTES, vectors.size());
        layout.header.metadata().put("format", "jeton word vectors 1");
        if (subwords != null) {
            layout.matrix("buckets", subwords.buckets());
            Subwords lengths = subwords.index().subwords();
            layout.header.metadata().put("subwords", lengths.minLength() + "-" + lengths.maxLength());
        }
        if (state != null) {
            layout.add("counts", "I64", Long.BYTES, vectors.size());
            layout.matrix("outputs", state.outputs());
            layout.header.metadata().put("objective", state.hierarchical() ? "hierarchical" : "negative");
        }
        layout.add("words", "U8", 1, textBytes);
        AtomicFile.write(file, channel -> {
            Sink sink = new Sink(channel);
            sink.put(layout.header.toBytes());
            sink.put(vectors.matrix());
            sink.put(vectors.norms());
            sink.put(ends(words));
            sink.put(order(words));
            if (subwords != null) {
                sink.put(subwords.buckets());
            }
            if (state != null) {
                sink.put(state.counts());
                sink.put(state.outputs());
            }
            for (byte[] word : words) {
                sink.put(word);
            }
            sink.flush();
        });
    }

    private static byte[] line(String word) {
        if (word.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                    "a file of vectors cannot hold the word '" + word + "', which has a line feed");
        }
        return (word + "\n").getBytes(UTF_8);
    }

    private static long[] ends(byte[][] words) {
        long[] ends = new long[words.length];
        long at = 0;
        for (int i = 0; i < words.length; i++) {
            at += words[i].length;
            ends[i] = at - 1;
        }
        return ends;
    }

    private static int[] order(byte[][] words) {
        Comparator<Integer> byBytes =
                (a, b) -> Arrays.compareUnsigned(words[a], 0, words[a].length - 1, words[b], 0, words[b].length - 1);
        return IntStream.range(0, words.length)
                .boxed()
                .sorted(byBytes)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Tensors one after another. */
    private static final class Layout {
        final SafetensorsHeader header = new SafetensorsHeader(new LinkedHashMap<>(), new LinkedHashMap<>());
        private long at;

        void matrix(String name, Matrix matrix) {
            add(name, "F32", Float.BYTES, matrix.rows(), matrix.dimension());
        }

        void add(String name, String type, int bytes, long... shape) {
            long end = at + LongStream.of(shape).reduce(bytes, (a, b) -> a * b);
            List<Long> sizes = LongStream.of(shape).boxed().toList();
            header.tensors().put(name, new SafetensorsHeader.Entry(type, sizes, at, end));
            at = end;
        }
    }

    /** Little-endian numbers on their way to a file. */
    private static final class Sink {
        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18).order(ByteOrder.LITTLE_ENDIAN);

        Sink(FileChannel channel) {
            this.channel = channel;
        }

        void put(byte[] bytes) throws IOException {
            for (int from = 0; from < bytes.length; ) {
                room(1);
                int part = Math.min(bytes.length - from, buffer.remaining());
                buffer.put(bytes, from, part);
                from += part;
            }
        }

        void put(float[] values) throws IOException {
            for (float value : values) {
                room(Float.BYTES).putFloat(value);
            }
        }

        void put(long[] values) throws IOException {
            for (long value : values) {
                room(Long.BYTES).putLong(value);
            }
        }

        void put(int[] values) throws IOException {
            for (int value : values) {
                room(Integer.BYTES).putInt(value);
            }
        }

        void put(Matrix matrix) throws IOException {
            float[] row = new float[matrix.dimension()];
            for (int i = 0; i < matrix.rows(); i++) {
                matrix.copyRow(i, row);
                put(row);
            }
        }

        private ByteBuffer room(int bytes) throws IOException {
            if (buffer.remaining() < bytes) {
                flush();
            }
            return buffer;
        }

        void flush() throws IOException {
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            buffer.clear();
        }
    }

    // ---- reading ---------------------------------------------------------------------------------------------------

    static WordVectors open(Path path) throws IOException {
        return new Reader(path, MappedFile.of(path)).open();
    }

    private static final class Reader {
        private final Path path;
        private final MemorySegment file;
        private final SafetensorsHeader header;

        Reader(Path path, MemorySegment file) {
            this.path = path;
            this.file = file;
            this.header = SafetensorsHeader.read(path, file);
        }

        WordVectors open() {
            Matrix vectors = matrix("vectors");
            Words words = new MappedWords(
                    tensor("words", "U8", 1, -1),
                    tensor("word_ends", "I64", Long.BYTES, vectors.rows()),
                    tensor("word_order", "I32", Integer.BYTES, vectors.rows()));
            float[] norms = new float[vectors.rows()];
            MemorySegment.copy(tensor("norms", "F32", Float.BYTES, vectors.rows()), FLOAT, 0, norms, 0, norms.length);
            return new WordVectors(words, vectors, subwords(), state(vectors.rows())).withNorms(norms);
        }

        private @Nullable SubwordVectors subwords() {
            String lengths = header.metadata().get("subwords");
            if (lengths == null) {
                return null;
            }
            if (!lengths.matches("\\d{1,4}-\\d{1,4}")) {
                throw broken("the metadata's subwords are '" + lengths + "', not two lengths such as 3-6");
            }
            Matrix buckets = matrix("buckets");
            String[] range = lengths.split("-", -1);
            Subwords subwords = new Subwords(Integer.parseInt(range[0]), Integer.parseInt(range[1]), buckets.rows());
            return new SubwordVectors(new SubwordIndex(subwords), buckets);
        }

        private @Nullable TrainingState state(int words) {
            String objective = header.metadata().get("objective");
            if (objective == null) {
                return null;
            }
            long[] counts = new long[words];
            MemorySegment.copy(tensor("counts", "I64", Long.BYTES, words), LONG, 0, counts, 0, words);
            return new TrainingState(counts, matrix("outputs"), objective.equals("hierarchical"));
        }

        private Matrix matrix(String name) {
            List<Long> shape = entry(name).shape();
            if (shape.size() != 2
                    || shape.getFirst() < 1
                    || shape.getLast() < 1
                    || shape.stream().anyMatch(size -> size > Integer.MAX_VALUE)) {
                throw broken("tensor '" + name + "' must have rows and columns, its shape is " + shape);
            }
            int rows = shape.getFirst().intValue();
            int columns = shape.getLast().intValue();
            return new Matrix(tensor(name, "F32", Float.BYTES, (long) rows * columns), rows, columns, columns);
        }

        /** The bytes of a tensor that must have {@code elements}, or any number if that is negative. */
        private MemorySegment tensor(String name, String type, int bytes, long elements) {
            SafetensorsHeader.Entry entry = entry(name);
            long size = entry.end() - entry.begin();
            if (!entry.type().equals(type) || (elements >= 0 && size != elements * bytes)) {
                throw broken("tensor '" + name + "' must be " + (elements < 0 ? "" : elements + " of ") + type
                        + ", it is " + entry.type() + " " + entry.shape() + " in " + size + " bytes");
            }
            return file.asSlice(SafetensorsHeader.dataStart(file) + entry.begin(), size);
        }

        private SafetensorsHeader.Entry entry(String name) {
            SafetensorsHeader.Entry entry = header.tensors().get(name);
            if (entry == null) {
                throw broken("there is no tensor '" + name + "'; it has "
                        + header.tensors().keySet().stream().limit(10).toList());
            }
            return entry;
        }

        private VectorFileException broken(String rule) {
            return new VectorFileException(path, rule);
        }
    }
}
