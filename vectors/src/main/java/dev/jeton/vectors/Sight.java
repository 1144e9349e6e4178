package dev.jeton.vectors;

/**
 * The inputs that a thread has in sight, as rows that a kernel can step on: those of the shared matrix itself, or with subwords a ring of
 * the thread's own, where a word's mean is made once when it comes into sight and what it learned is spread once when it leaves.
 */
final class Sight {
    private final InputRows inputs;
    private final boolean words;
    private final Matrix rows;
    private final int mask;

    /** Sees so many positions at once. */
    Sight(InputRows inputs, int positions) {
        this.inputs = inputs;
        this.words = inputs.areWords();
        int ring = Integer.highestOneBit(2 * positions - 1);
        this.mask = ring - 1;
        this.rows = inputs.areWords()
                ? inputs.matrix()
                : Matrix.zeros(2 * ring, inputs.matrix().dimension());
    }

    Matrix rows() {
        return rows;
    }

    /** The row of the word at a position in sight. */
    int row(int word, int position) {
        return words ? word : 2 * (position & mask);
    }

    /** A word comes into sight. Returns what {@link Matrix#touch} does. */
    float enter(int word, int position) {
        float touched = inputs.touch(word);
        if (!words) {
            inputs.load(word, rows, row(word, position));
        }
        return touched;
    }

    void leave(int word, int position) {
        if (!words) {
            inputs.addChange(word, rows, row(word, position));
        }
    }
}
