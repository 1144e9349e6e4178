package dev.jeton.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Words in a mapped file, found by halving their sorted order: nothing is read before it is asked for.
 *
 * @param text the words' UTF-8, each followed by a line feed
 * @param ends for each word the byte after its last
 * @param order the words' indices, sorted by their bytes
 */
record MappedWords(MemorySegment text, MemorySegment ends, MemorySegment order) implements Words {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public int size() {
        return (int) (ends.byteSize() / Long.BYTES);
    }

    @Override
    public String word(int index) {
        return new String(bytes(index).toArray(ValueLayout.JAVA_BYTE), UTF_8);
    }

    private MemorySegment bytes(int index) {
        long start = index == 0 ? 0 : ends.get(LONG, (index - 1L) * Long.BYTES) + 1;
        long end = ends.get(LONG, (long) index * Long.BYTES);
        if (start < 0 || end < start || end > text.byteSize()) {
            throw new IllegalStateException("word vectors: the file's list of words is broken at word " + index);
        }
        return text.asSlice(start, end - start);
    }

    @Override
    public int indexOf(String word) {
        MemorySegment wanted = MemorySegment.ofArray(word.getBytes(UTF_8));
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int index = order.get(INT, (long) middle * Integer.BYTES);
            if (index < 0 || index >= size()) {
                throw new IllegalStateException("word vectors: the file's order of words is broken at place " + middle);
            }
            int side = compare(bytes(index), wanted);
            if (side == 0) {
                return index;
            }
            if (side < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private static int compare(MemorySegment left, MemorySegment right) {
        long place = left.mismatch(right);
        if (place < 0) {
            return 0;
        }
        if (place == left.byteSize() || place == right.byteSize()) {
            return Long.compare(left.byteSize(), right.byteSize());
        }
        return Byte.compareUnsigned(left.get(ValueLayout.JAVA_BYTE, place), right.get(ValueLayout.JAVA_BYTE, place));
    }
}
