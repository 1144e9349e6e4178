package dev.jeton.vectors;

/**
 * The negative words of one thread's positions. Each word drawn serves {@link #USES} positions, {@link #APART} from one another, of which
 * only the first has to fetch its row from memory. Neighbours that shared their negatives would learn less well: what surrounds them is the same.
 */
final class NegativeRing {
    /** Positions that a word serves. */
    private static final int USES = 5;

    /** From one of these positions to the next: beyond what a usual window sees, yet its row is still in the second-level cache. */
    static final int APART = 2 * SentenceTrainer.STEP;

    /** Positions in the ring, a power of two. */
    private static final int POSITIONS = Integer.highestOneBit(2 * USES * APART - 1);

    private final NegativeSampler sampler;

    /** Negative words of a position, and how many of them are drawn for it; the others are those of positions before. */
    private final int count;

    private final int fresh;
    private final int[] rows;
    private int next;

    NegativeRing(NegativeSampler sampler, int count) {
        this.sampler = sampler;
        this.count = count;
        fresh = (count + USES - 1) / USES;
        rows = new int[POSITIONS * fresh];
    }

    /** Draws all words anew. */
    void begin(Randoms random) {
        next = 0;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = sampler.draw(random);
        }
    }

    /** Draws for the next positions, at most {@link SentenceTrainer#STEP}, and has the rows on their way. Returns what {@link Matrix#touch} does. */
    float draw(int positions, Randoms random, Matrix outputs) {
        float touched = 0;
        for (int position = next; position < next + positions; position++) {
            for (int i = start(position), end = i + fresh; i < end; i++) {
                rows[i] = sampler.draw(random);
                touched += outputs.touch(rows[i]);
            }
        }
        next += positions;
        return touched;
    }

    /**
     * Writes a position's word and then its negative words to {@code targets}, each once. Returns how many there are.
     *
     * @param back the position, counted back from the last that was drawn for: 1 is the last itself
     */
    int targets(int back, int word, int[] targets) {
        targets[0] = word;
        int different = 1;
        for (int left = count, position = next - back; left > 0; left -= fresh, position -= APART) {
            int from = start(position);
            for (int i = from, end = from + Math.min(left, fresh); i < end; i++) {
                if (isNew(rows[i], targets, different)) {
                    targets[different++] = rows[i];
                }
            }
        }
        return different;
    }

    private static boolean isNew(int row, int[] targets, int count) {
        for (int i = 0; i < count; i++) {
            if (targets[i] == row) {
                return false;
            }
        }
        return true;
    }

    private int start(int position) {
        return (position & (POSITIONS - 1)) * fresh;
    }
}
