package dev.jeton.text;

import java.util.Arrays;

/**
 * Code points, each with the range of the original text that it stands for.
 *
 * <p>Normalisers rewrite code points and keep the ranges, so that a token can be traced to the text the caller gave. Ranges
 * are UTF-16 indices into that text. A lone surrogate is a code point of its own.
 */
final class AlignedText {
    private int[] points;
    private int[] starts;
    private int[] ends;
    private int size;

    private AlignedText(int capacity) {
        points = new int[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
    }

    /** The part of a text from {@code from} to {@code to} (UTF-16 indices) as it is. */
    static AlignedText of(String text, int from, int to) {
        var result = new AlignedText(to - from);
        for (int i = from; i < to; ) {
            int point = text.codePointAt(i);
            // a high surrogate at the very end of the part must not reach past it
            int next = Math.min(to, i + Character.charCount(point));
            result.add(next - i == Character.charCount(point) ? point : text.charAt(i), i, next);
            i = next;
        }
        return result;
    }

    static AlignedText of(String text) {
        return of(text, 0, text.length());
    }

    static AlignedText empty(int capacity) {
        return new AlignedText(capacity);
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int point(int index) {
        return points[index];
    }

    /** Start, in the original text, of what the code point at {@code index} stands for. */
    int start(int index) {
        return starts[index];
    }

    /** End, in the original text, of what the code point at {@code index} stands for. */
    int end(int index) {
        return ends[index];
    }

    void add(int point, int start, int end) {
        if (size == points.length) {
            int capacity = Math.max(16, size * 2);
            points = Arrays.copyOf(points, capacity);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        points[size] = point;
        starts[size] = start;
        ends[size] = end;
        size++;
    }

    /** Adds a code point that stands for what {@code source}'s code point at {@code index} stands for. */
    void add(int point, AlignedText source, int index) {
        add(point, source.starts[index], source.ends[index]);
    }

    void add(AlignedText source, int from, int to) {
        for (int i = from; i < to; i++) {
            add(source.points[i], source.starts[i], source.ends[i]);
        }
    }

    /** Lets every range go on to the beginning of the next one, the last one to {@code end}. */
    void endWhereNextStarts(int end) {
        for (int i = 0; i < size; i++) {
            ends[i] = i + 1 < size ? starts[i + 1] : end;
        }
    }

    AlignedText slice(int from, int to) {
        if (from == 0 && to == size) {
            return this;
        }
        var result = new AlignedText(to - from);
        System.arraycopy(points, from, result.points, 0, to - from);
        System.arraycopy(starts, from, result.starts, 0, to - from);
        System.arraycopy(ends, from, result.ends, 0, to - from);
        result.size = to - from;
        return result;
    }

    String string(int from, int to) {
        return new String(points, from, to - from);
    }

    @Override
    public String toString() {
        return string(0, size);
    }
}
