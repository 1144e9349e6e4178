package dev.jeton.vectors;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The vectors of words as training sees them: rows of a matrix, or with subwords the means of several. */
final class InputRows {
    private final Matrix matrix;
    private final Kernel kernel;

    /** The rows beyond each word's own, by word, one after another; null without subwords. */
    private final int @Nullable [] rows;

    private final int[] starts;

    private InputRows(Matrix matrix, Kernel kernel, int @Nullable [] rows, int[] starts) {
        this.matrix = matrix;
        this.kernel = kernel;
        this.rows = rows;
        this.starts = starts;
    }

    static InputRows ofWords(Matrix matrix, Kernel kernel) {
        return new InputRows(matrix, kernel, null, new int[0]);
    }

    /** Words first, then buckets. */
    static InputRows ofSubwords(Matrix matrix, Kernel kernel, Words words, SubwordIndex index) {
        int[] starts = new int[words.size() + 1];
        int[] rows = new int[words.size() * 8 + 8];
        for (int word = 0; word < words.size(); word++) {
            int[] buckets = index.buckets(words.word(word));
            int end = Math.addExact(starts[word], buckets.length);
            if (end > rows.length) {
                rows = Arrays.copyOf(rows, (int) Math.max(end, Math.min(Integer.MAX_VALUE - 8, rows.length * 2L)));
            }
            for (int i = 0; i < buckets.length; i++) {
                rows[starts[word] + i] = words.size() + buckets[i];
            }
            starts[word + 1] = end;
        }
        return new InputRows(matrix, kernel, rows, starts);
    }

    Matrix matrix() {
        return matrix;
    }

    /** Copies a word's vector to {@code now[at…]} and {@code before[at…]}. */
    void load(int word, float[] now, float[] before, int at) {
        kernel.load(matrix, word, now, before, at);
        if (rows != null) {
            int start = starts[word];
            int end = starts[word + 1];
            for (int i = start; i < end; i++) {
                kernel.accumulate(matrix, rows[i], now, at);
            }
            kernel.scale(1f / (end - start + 1), now, before, at, matrix.stride());
        }
    }

    /** Has the word's own row on its way; see {@link Matrix#touch}. */
    float touch(int word) {
        return matrix.touch(word);
    }

    /** Puts the mean of all its rows into each of the first words' own: what users see is one vector a word. */
    void compose(int words) {
        float[] mean = new float[matrix.stride()];
        for (int word = 0; rows != null && word < words; word++) {
            load(word, mean, mean, 0);
            matrix.setRow(word, Arrays.copyOf(mean, matrix.dimension()));
        }
    }

    /** Undoes {@link #compose}. */
    void decompose(int words) {
        for (int word = 0; rows != null && word < words; word++) {
            int count = starts[word + 1] - starts[word] + 1;
            for (int d = 0; d < matrix.dimension(); d++) {
                float own = matrix.get(word, d) * count;
                for (int i = starts[word]; i < starts[word + 1]; i++) {
                    own -= matrix.get(rows[i], d);
                }
                matrix.set(word, d, own);
            }
        }
    }

    /** Moves a word's vector by the change from {@code before} to {@code now}: every row that it is the mean of moves as much. */
    void addChange(int word, float[] now, float[] before, int at) {
        kernel.addChange(matrix, word, now, before, at);
        if (rows != null) {
            for (int i = starts[word]; i < starts[word + 1]; i++) {
                kernel.addChange(matrix, rows[i], now, before, at);
            }
        }
    }
}
