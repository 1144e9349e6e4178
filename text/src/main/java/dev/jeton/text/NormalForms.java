package dev.jeton.text;

import java.text.Normalizer.Form;
import java.util.Arrays;

/**
 * Unicode normalisation forms that keep the alignment.
 *
 * <p>The JDK gives the normalised text but not where each character came from. That is found by counting: the decompositions of
 * the source's characters, one after another, are a local permutation of the decompositions of the result's.
 */
final class NormalForms {
    private NormalForms() {}

    static AlignedText apply(Form form, AlignedText source) {
        AlignedText result = AlignedText.empty(0);
        int done = 0;
        for (int i = 1; i < source.size(); i++) {
            if (isHalf(source.point(i - 1), true) && isHalf(source.point(i), false)) {
                // two lone surrogates that a step before brought together are no character
                append(result, applyWhole(form, source.slice(done, i)));
                done = i;
            }
        }
        if (done == 0) {
            return applyWhole(form, source);
        }
        append(result, applyWhole(form, source.slice(done, source.size())));
        return result;
    }

    private static void append(AlignedText result, AlignedText part) {
        result.add(part, 0, part.size());
    }

    private static AlignedText applyWhole(Form form, AlignedText source) {
        String text = source.toString();
        if (java.text.Normalizer.isNormalized(text, form)) {
            return source;
        }
        Form decomposed = form == Form.NFC || form == Form.NFD ? Form.NFD : Form.NFKD;
        var pool = Pool.of(source, decomposed);
        int[] result = java.text.Normalizer.normalize(text, form).codePoints().toArray();
        var rewrite = new Rewrite(source);
        for (int point : result) {
            // what the composed character is made of: source characters it ends, less those it only continues
            int change = 1;
            for (int part : decompose(point, decomposed)) {
                change += pool.take(part) - 1;
            }
            rewrite.emit(point, change);
        }
        return rewrite.result();
    }

    private static boolean isHalf(int point, boolean high) {
        return high ? point >= 0xD800 && point < 0xDC00 : point >= 0xDC00 && point < 0xE000;
    }

    private static int[] decompose(int point, Form form) {
        if (point < 0x80) {
            return new int[] {point};
        }
        return java.text.Normalizer.normalize(Character.toString(point), form)
                .codePoints()
                .toArray();
    }

    /** The decomposed source; each part is marked 0 where it begins a source character and 1 where it goes on with one. */
    private static final class Pool {
        private int[] parts = new int[64];
        private byte[] marks = new byte[64];
        private int size;
        private int first;

        static Pool of(AlignedText source, Form form) {
            var pool = new Pool();
            for (int i = 0; i < source.size(); i++) {
                byte mark = 0;
                for (int part : decompose(source.point(i), form)) {
                    pool.add(part, mark);
                    mark = 1;
                }
            }
            return pool;
        }

        private void add(int part, byte mark) {
            if (size == parts.length) {
                parts = Arrays.copyOf(parts, size * 2);
                marks = Arrays.copyOf(marks, size * 2);
            }
            parts[size] = part;
            marks[size] = mark;
            size++;
        }

        /** The mark of the first part not taken yet that equals {@code part}. */
        int take(int part) {
            for (int i = first; i < size; i++) {
                if (parts[i] == part) {
                    parts[i] = -1;
                    while (first < size && parts[first] == -1) {
                        first++;
                    }
                    return marks[i];
                }
            }
            throw new IllegalStateException("normalised text holds U+%04X more often than its source".formatted(part));
        }
    }
}
