package dev.jeton.torch.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One thread's small piece of native memory: where calls put their lists of numbers and find their results. It has
 * {@value #WORDS} words of 64 bits.
 */
public final class Scratch {
    /** How many words there are. */
    public static final int WORDS = 512;

    private final MemorySegment memory;
    private final long address;

    /** Takes memory that is given back when the owner becomes unreachable. */
    public Scratch() {
        memory = Arena.ofAuto().allocate(WORDS * Long.BYTES, Long.BYTES);
        address = memory.address();
    }

    /** Returns the address of a word. */
    long at(int word) {
        return address + (long) word * Long.BYTES;
    }

    /** Returns the address of the first word. */
    long address() {
        return address;
    }

    /** Writes a word. */
    public void set(int word, long value) {
        memory.setAtIndex(ValueLayout.JAVA_LONG, word, value);
    }

    /** Reads a word. */
    public long get(int word) {
        return memory.getAtIndex(ValueLayout.JAVA_LONG, word);
    }

    /** Reads the 32-bit number at the start of a word. */
    int getInt(int word) {
        return memory.get(ValueLayout.JAVA_INT, (long) word * Long.BYTES);
    }

    /** Writes numbers from a word on and returns their address. */
    long put(int word, long[] values) {
        MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_LONG, (long) word * Long.BYTES, values.length);
        return at(word);
    }
}
