package dev.jeton.text;

/**
 * Rewrites an aligned text from left to right.
 *
 * <p>An inserted character stands for what the source character before the cursor stands for, a replaced one for what the
 * source character at the cursor stands for, and then the cursor moves on: the rules of the Hugging Face libraries.
 */
final class Rewrite {
    private final AlignedText source;
    private final AlignedText result;
    private int cursor;

    Rewrite(AlignedText source) {
        this.source = source;
        result = AlignedText.empty(source.size() + 8);
    }

    boolean hasWritten() {
        return !result.isEmpty();
    }

    /** Takes over the source up to {@code index}. */
    void copyTo(int index) {
        result.add(source, cursor, index);
        cursor = index;
    }

    /** Puts a character in the place of the source's next one. */
    void replace(int point) {
        result.add(point, source, cursor);
        cursor++;
    }

    /** Puts in a character that belongs to the source character before. */
    void insert(int point) {
        if (cursor == 0) {
            result.add(point, source.start(0), source.start(0));
        } else {
            result.add(point, source, cursor - 1);
        }
    }

    /** Puts in a character that belongs to the source character at the cursor, and stays there. */
    void insertBefore(int point) {
        result.add(point, source, cursor);
    }

    void skip(int count) {
        cursor += count;
    }

    /** The reference's one operation: 1 inserts, 0 replaces, -n replaces and drops the n source characters that follow. */
    void emit(int point, int change) {
        if (change > 0) {
            insert(point);
        } else {
            replace(point);
            skip(-change);
        }
    }

    /** What has been written; the source from the cursor on is left out. */
    AlignedText result() {
        return result;
    }
}
