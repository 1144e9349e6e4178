package dev.jeton.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** How a piece of text is cut into words; every cut word is counted, and its id handed on. */
enum Splitter {
    WHITE_SPACE {
        @Override
        int split(byte[] text, int length, WordTable table, int[] ids) {
            return splitBytes(text, length, Splitter::isWhiteSpace, (byte) '\n', table, ids);
        }
    },
    JOINED {
        @Override
        int split(byte[] text, int length, WordTable table, int[] ids) {
            return splitBytes(text, length, b -> b == WORD_END || b == '\n', (byte) '\n', table, ids);
        }
    },
    LETTERS {
        @Override
        int split(byte[] text, int length, WordTable table, int[] ids) {
            return new LetterRuns(text, length).split(table, ids);
        }
    };

    /** Stands in the ids where a sentence ends. */
    static final int SENTENCE_END = -1;

    /** Between the words of {@link #JOINED}: ASCII's own unit separator. */
    private static final char WORD_END = 0x1F;

    /**
     * Writes the ids of a piece's words to {@code ids}, and {@link #SENTENCE_END} after each line that has any.
     *
     * @param ids has room for {@code length + 1}
     * @return how many were written
     */
    abstract int split(byte[] text, int length, WordTable table, int[] ids);

    static boolean isWhiteSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r') || b == 0;
    }

    private interface Separator {
        boolean test(byte b);
    }

    private static int splitBytes(
            byte[] text, int length, Separator separator, byte lineEnd, WordTable table, int[] ids) {
        int count = 0;
        int i = 0;
        while (i < length) {
            int start = i;
            while (i < length && !separator.test(text[i])) {
                i++;
            }
            if (i > start) {
                ids[count++] = table.add(text, start, i);
            }
            if (i < length && text[i] == lineEnd && count > 0 && ids[count - 1] != SENTENCE_END) {
                ids[count++] = SENTENCE_END;
            }
            i++;
        }
        return count;
    }

    /** Makes one line of each sentence, its words apart by a character that no word may hold. */
    static Iterator<String> joined(Iterator<? extends List<String>> sentences) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return sentences.hasNext();
            }

            @Override
            public String next() {
                List<String> words = sentences.next();
                for (String word : words) {
                    if (word.isEmpty() || word.indexOf(WORD_END) >= 0 || word.indexOf('\n') >= 0) {
                        throw new IllegalArgumentException(
                                "corpus: a word may not be empty nor hold a line feed or U+001F: '" + word + "' in "
                                        + words);
                    }
                }
                return String.join(String.valueOf(WORD_END), words);
            }
        };
    }

    /** Runs of letters in lower case: ASCII by the byte, the rest by the code point. */
    private static final class LetterRuns {
        private final byte[] text;
        private final int length;
        private byte[] word = new byte[256];
        private int wordLength;
        private int next;

        LetterRuns(byte[] text, int length) {
            this.text = text;
            this.length = length;
        }

        int split(WordTable table, int[] ids) {
            int count = 0;
            while (next < length) {
                byte b = text[next];
                boolean letter = b >= 0 ? ascii(b) : codePoint();
                if (!letter && wordLength > 0) {
                    ids[count++] = table.add(word, 0, wordLength);
                    wordLength = 0;
                }
                if (b == '\n' && count > 0 && ids[count - 1] != SENTENCE_END) {
                    ids[count++] = SENTENCE_END;
                }
            }
            if (wordLength > 0) {
                ids[count++] = table.add(word, 0, wordLength);
            }
            return count;
        }

        private boolean ascii(byte b) {
            next++;
            int lower = b | 0x20;
            if (lower < 'a' || lower > 'z') {
                return false;
            }
            append((byte) lower);
            return true;
        }

        /** Reads a code point of several bytes; a byte that is no UTF-8 separates, as U+FFFD would. */
        private boolean codePoint() {
            int lead = text[next] & 0xFF;
            int size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
            String decoded = new String(text, next, Math.min(size, length - next), UTF_8);
            int codePoint = decoded.codePointAt(0);
            if (codePoint == 0xFFFD) {
                next++;
                return false;
            }
            next += Math.min(size, length - next);
            if (!Character.isLetter(codePoint) && !isMark(codePoint)) {
                return false;
            }
            for (byte b : Character.toString(Character.toLowerCase(codePoint)).getBytes(UTF_8)) {
                append(b);
            }
            return true;
        }

        private static boolean isMark(int codePoint) {
            int type = Character.getType(codePoint);
            return type == Character.NON_SPACING_MARK
                    || type == Character.COMBINING_SPACING_MARK
                    || type == Character.ENCLOSING_MARK;
        }

        private void append(byte b) {
            if (wordLength == word.length) {
                word = Arrays.copyOf(word, wordLength * 2);
            }
            word[wordLength++] = b;
        }
    }
}
