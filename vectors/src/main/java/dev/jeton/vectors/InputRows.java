package dev.jeton.vectors;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The vectors of words as training sees them: rows of a matrix, or with subwords the means of several. */
final class InputRows {
    private final Matrix matrix;
    private final Kernel kernel;

    /** The rows of each word, its own first, by word, one after another; null without subwords. */
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
            int start = starts[word];
            int end = Math.addExact(start, buckets.length + 1);
            if (end > rows.length) {
                rows = Arrays.copyOf(rows, (int) Math.max(end, Math.min(Integer.MAX_VALUE - 8, rows.length * 2L)));
            }
            rows[start] = word;
            for (int i = 0; i < buckets.length; i++) {
                rows[start + 1 + i] = words.size() + buckets[i];
            }
            starts[word + 1] = end;
        }
        return new InputRows(matrix, kernel, rows, starts);
    }

    Matrix matrix() {
        return matrix;
    }

    /** Whether a word's vector is its row, and not the mean of several. */
    boolean areWords() {
        return rows == null;
    }

    /** Has a word's rows on their way; see {@link Matrix#touch}. */
    float touch(int word) {
        if (rows == null) {
            return matrix.touch(word);
        }
        float sum = 0;
        for (int i = starts[word]; i < starts[word + 1]; i++) {
            sum += matrix.touch(rows[i]);
        }
        return sum;
    }

    /** Sets a row, and the one after it, to the mean of a word's rows. */
    void load(int word, Matrix target, int row) {
        if (rows != null) {
            kernel.mean(matrix, rows, starts[word], starts[word + 1], target, row);
        }
    }

    /** Moves a word's vector by what a row has more than the one after it: every row that it is the mean of moves as much. */
    void addChange(int word, Matrix changed, int row) {
        if (rows != null) {
            kernel.spread(changed, row, matrix, rows, starts[word], starts[word + 1]);
        }
    }

    /** Puts the mean of all its rows into each of the first words' own: what users see is one vector a word. */
    void compose(int words) {
        Matrix mean = Matrix.zeros(2, matrix.dimension());
        float[] values = new float[matrix.dimension()];
        for (int word = 0; rows != null && word < words; word++) {
            load(word, mean, 0);
            mean.copyRow(0, values);
            matrix.setRow(word, values);
        }
    }

    /** Undoes {@link #compose}. */
    void decompose(int words) {
        for (int word = 0; rows != null && word < words; word++) {
            int count = starts[word + 1] - starts[word];
            for (int d = 0; d < matrix.dimension(); d++) {
                float own = matrix.get(word, d) * count;
                for (int i = starts[word] + 1; i < starts[word + 1]; i++) {
                    own -= matrix.get(rows[i], d);
                }
                matrix.set(word, d, own);
            }
        }
    }
}
