package dev.jeton.text;

/**
 * Cuts by a known pattern: 64 bytes of ASCII in one go by arithmetic on {@linkplain ByteMasks masks}, everything else word by word.
 *
 * <p>What a pattern cuts depends on what comes behind by a few bytes, but for white space. So of the beginnings of words that the
 * masks of some bytes tell, those near the end are not taken: scanning goes on from the last that is sure.
 */
abstract class PatternScanner extends WordScanner {

    /** End of the word that starts at {@code from}. */
    abstract int end(byte[] text, int from, int to);

    /**
     * The words that begin in some bytes of ASCII, the first of which is known to begin one.
     *
     * @param size of how many bytes, 8 to 64; those behind them are any
     * @return bits of only such places as do not depend on what lies behind these bytes, the lowest one always set
     */
    abstract long starts(byte[] text, int from, int size);

    @Override
    final int scan(byte[] text, int from, int to, int[] spans) {
        int count = 0;
        int at = from;
        while (at < to && count < spans.length) {
            int size = ascii(text, at, to);
            int first = at;
            // the end of each word but the last is where the next one begins
            for (long ends = size < 8 ? 0 : starts(text, at, size) & -2;
                    ends != 0 && count < spans.length;
                    ends &= ends - 1) {
                int end = first + Long.numberOfTrailingZeros(ends);
                spans[count] = at;
                spans[count + 1] = end;
                count += 2;
                at = end;
            }
            if (at == first) {
                spans[count] = at;
                at = end(text, at, to);
                spans[count + 1] = at;
                count += 2;
            }
        }
        return count >> 1;
    }

    /** How many bytes of ASCII come next: up to 64, 0 if fewer than 8. */
    private static int ascii(byte[] text, int at, int to) {
        if ((Bytes.longAt(text, at) & Bytes.HIGH_BITS) != 0) {
            return 0;
        }
        int size = Math.min(ByteMasks.SIZE, to - at);
        return Math.min(size, Long.numberOfTrailingZeros(ByteMasks.beyondAscii(text, at)));
    }

    /** Those of {@code starts} that are sure whatever follows: not in white space that may go on, nor where one byte more decides. */
    static long sure(long starts, long space, int size) {
        long words = ~space & ByteMasks.low(size - 1);
        if (words == 0) {
            return 1;
        }
        int behindLastWord = ByteMasks.SIZE - Long.numberOfLeadingZeros(words);
        return starts & ByteMasks.low(Math.min(behindLastWord + 1, size - 1));
    }

    /** Length of the contraction at an apostrophe, 0 if there is none. */
    int contractionAt(byte[] text, int at, int to) {
        return contraction(text, at, to);
    }

    /**
     * Moves beginnings from the letters behind apostrophes to the ends of contractions.
     *
     * @param signs words that begin with one sign and a letter behind it
     */
    final long cutContractions(byte[] text, int from, int size, long starts, long signs) {
        long result = starts;
        for (long left = signs; left != 0; left &= left - 1) {
            int at = Long.numberOfTrailingZeros(left);
            if (text[from + at] == '\'') {
                if (at + 3 >= size) {
                    return result & ByteMasks.low(at + 1);
                }
                int length = contractionAt(text, from + at, from + size);
                if (length > 0) {
                    result = (result & ~(2L << at)) | 1L << (at + length);
                }
            }
        }
        return result;
    }

    /** The first of each run. */
    static long firsts(long mask) {
        return mask & ~(mask << 1);
    }

    /**
     * Where a run of white space is cut by patterns that take it up to its last line break.
     *
     * @param space of which white space, line breaks included
     */
    static long spaceStarts(long space, long newlines) {
        long blanks = space & ~newlines;
        long behindNewline = blanks & newlines << 1;
        // adding to the first of a run carries to the place behind its last
        long back = (blanks + behindNewline) & ~blanks & newlines;
        for (; back != 0; back &= back - 1) {
            // blanks between two line breaks begin no word
            behindNewline &= ~Long.highestOneBit(behindNewline & (Long.lowestOneBit(back) - 1));
        }
        return firsts(space) | behindNewline | (blanks & ~space >>> 1);
    }

    /** Where a run of digits is cut that is taken up to three at a time. */
    static long threes(long numbers) {
        long starts = firsts(numbers);
        long third = numbers & numbers << 1 & numbers << 2;
        for (long next = starts << 3 & third; next != 0; next = next << 3 & third) {
            starts |= next;
        }
        return starts;
    }
}
