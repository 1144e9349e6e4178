package dev.jeton.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The n-gram buckets of words, by fastText's own rules: {@code <word>}, whole characters, FNV-1a over signed bytes. */
final class SubwordIndex {
    private final Subwords subwords;

    SubwordIndex(Subwords subwords) {
        this.subwords = subwords;
    }

    Subwords subwords() {
        return subwords;
    }

    /** The buckets of a word's n-grams. */
    int[] buckets(String word) {
        byte[] text = ("<" + word + ">").getBytes(UTF_8);
        int[] found = new int[16];
        int count = 0;
        for (int i = 0; i < text.length; i++) {
            if (isContinuation(text[i])) {
                continue;
            }
            int end = i;
            for (int length = 1; end < text.length && length <= subwords.maxLength(); length++) {
                end++;
                while (end < text.length && isContinuation(text[end])) {
                    end++;
                }
                boolean onlyBracket = length == 1 && (i == 0 || end == text.length);
                if (length >= subwords.minLength() && !onlyBracket) {
                    if (count == found.length) {
                        found = Arrays.copyOf(found, count * 2);
                    }
                    found[count++] = bucket(text, i, end);
                }
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }

    private int bucket(byte[] text, int from, int to) {
        return Integer.remainderUnsigned(WordTable.hashOf(text, from, to), subwords.buckets());
    }
}
