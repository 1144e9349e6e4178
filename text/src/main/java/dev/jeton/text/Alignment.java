package dev.jeton.text;

import java.util.Arrays;

/** By byte of a rewritten text, where in the text before that the character begins and ends which it stands for. */
final class Alignment {
    private int[] starts = new int[0];
    private int[] ends = new int[0];

    /** Makes room for so many bytes, and keeps what is there. */
    void ensure(int bytes) {
        if (starts.length < bytes) {
            int capacity = Math.max(bytes, starts.length * 2);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
    }

    /** Bytes that are taken over, each for itself. */
    void copy(int at, int count, int from) {
        ensure(at + count);
        for (int i = 0; i < count; i++) {
            starts[at + i] = from + i;
            ends[at + i] = from + i + 1;
        }
    }

    /** Bytes that stand for one character. */
    void put(int at, int count, int start, int end) {
        ensure(at + count);
        Arrays.fill(starts, at, at + count, start);
        Arrays.fill(ends, at, at + count, end);
    }

    /** Lets each character's range go on to the beginning of the next one, the last one's to {@code last}. */
    void endWhereNextStarts(byte[] text, int size, int last) {
        int next = last;
        for (int at = size - 1; at >= 0; at--) {
            ends[at] = next;
            if ((text[at] & 0xC0) != 0x80) {
                next = starts[at];
            }
        }
    }

    int start(int at) {
        return starts[at];
    }

    int end(int at) {
        return ends[at];
    }
}
