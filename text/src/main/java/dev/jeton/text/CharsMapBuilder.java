package dev.jeton.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a character map of a Unicode normalisation form, in SentencePiece's double-array layout (see {@link CharsMap}).
 *
 * <p>A map knows characters and short sequences, the form knows texts: the map has every character that the form changes and every
 * way to write a composed character with its marks in order. Only marks in an order that Unicode does not write, which no
 * keyboard makes, stay as they are.
 */
final class CharsMapBuilder {
    private static final int HAS_LEAF = 1 << 8;
    private static final int LEAF = 1 << 31;

    /** Sequences by their bytes, in unsigned order. */
    private final TreeMap<byte[], String> entries = new TreeMap<>(Arrays::compareUnsigned);

    private final Form form;

    private CharsMapBuilder(Form form) {
        this.form = form;
    }

    static CharsMap of(Form form) {
        var builder = new CharsMapBuilder(form);
        builder.collect();
        return builder.build();
    }

    private void collect() {
        Map<Integer, List<String>> memo = new HashMap<>();
        for (int point = 1; point <= Character.MAX_CODE_POINT; point++) {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                continue;
            }
            String text = Character.toString(point);
            if (Character.getType(point) == Character.UNASSIGNED) {
                continue;
            }
            add(text);
            if (!Normalizer.isNormalized(text, Form.NFD)) {
                ways(point, memo).forEach(this::add);
            }
        }
    }

    private void add(String text) {
        String normal = Normalizer.normalize(text, form);
        if (!normal.equals(text)) {
            entries.put(Utf8.encode(text), normal);
        }
    }

    /** How a character can be written: as it is, and by its parts, each in all its ways. */
    private static List<String> ways(int point, Map<Integer, List<String>> memo) {
        List<String> known = memo.get(point);
        if (known != null) {
            return known;
        }
        String text = Character.toString(point);
        String parts = Normalizer.normalize(text, Form.NFD);
        var result = new java.util.LinkedHashSet<String>();
        result.add(text);
        result.add(parts);
        // all but the last part may be composed: a + marks, à + a mark
        int last = parts.offsetByCodePoints(parts.length(), -1);
        if (last > 0) {
            String head = Normalizer.normalize(parts.substring(0, last), Form.NFC);
            if (head.codePointCount(0, head.length()) == 1 && !head.equals(text)) {
                ways(head.codePointAt(0), memo).forEach(way -> result.add(way + parts.substring(last)));
            }
        }
        List<String> all = List.copyOf(result);
        memo.put(point, all);
        return all;
    }

    private CharsMap build() {
        var replacements = new ByteArrayOutputStream();
        Map<String, Integer> offsets = new HashMap<>();
        byte[][] keys = entries.keySet().toArray(new byte[0][]);
        int[] values = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            String to = java.util.Objects.requireNonNull(entries.get(keys[i]));
            values[i] = offsets.computeIfAbsent(to, text -> {
                int offset = replacements.size();
                replacements.writeBytes(Utf8.encode(text));
                replacements.write(0);
                return offset;
            });
        }
        int[] units = new DoubleArray(keys, values).units();
        byte[] texts = replacements.toByteArray();
        ByteBuffer blob =
                ByteBuffer.allocate(4 + units.length * 4 + texts.length).order(ByteOrder.LITTLE_ENDIAN);
        blob.putInt(units.length * 4);
        blob.asIntBuffer().put(units);
        blob.position(4 + units.length * 4);
        blob.put(texts);
        return CharsMap.of(blob.array());
    }

    /** Lays a trie out so that the child of a node for a byte is at the node's base XOR the byte. */
    private static final class DoubleArray {
        private final byte[][] keys;
        private final int[] values;
        private int[] units = new int[1 << 16];
        private final BitSet taken = new BitSet();
        private final BitSet bases = new BitSet();

        DoubleArray(byte[][] keys, int[] values) {
            this.keys = keys;
            this.values = values;
            taken.set(0);
            lay(0, keys.length, 0, 0);
        }

        int[] units() {
            return Arrays.copyOf(units, (taken.length() + 255) & ~255);
        }

        /** Lays out what follows a node whose keys, which agree in their first {@code depth} bytes, are given. */
        private void lay(int from, int to, int depth, int node) {
            boolean leaf = keys[from].length == depth;
            int first = leaf ? from + 1 : from;
            int[] ends = new int[257];
            int[] labels = new int[257];
            int count = 0;
            for (int i = first; i < to; count++) {
                int label = keys[i][depth] & 0xFF;
                while (i < to && (keys[i][depth] & 0xFF) == label) {
                    i++;
                }
                labels[count] = label;
                ends[count] = i;
            }
            int base = base(node, leaf, labels, count);
            units[node] |= (node ^ base) << 10 | (leaf ? HAS_LEAF : 0);
            if (leaf) {
                take(base);
                units[base] = LEAF | values[from];
            }
            for (int i = 0; i < count; i++) {
                take(base ^ labels[i]);
                units[base ^ labels[i]] = labels[i];
            }
            for (int i = 0; i < count; i++) {
                lay(i == 0 ? first : ends[i - 1], ends[i], depth + 1, base ^ labels[i]);
            }
        }

        private void take(int at) {
            taken.set(at);
            if (at >= units.length) {
                units = Arrays.copyOf(units, Math.max(at + 1, units.length * 2));
            }
        }

        private int base(int node, boolean leaf, int[] labels, int count) {
            int label = leaf ? 0 : labels[0];
            for (int free = taken.nextClearBit(1); ; free = taken.nextClearBit(free + 1)) {
                int base = free ^ label;
                boolean fits = base != 0 && !bases.get(base) && (node ^ base) < 1 << 21;
                for (int i = 0; i < count && fits; i++) {
                    fits = !taken.get(base ^ labels[i]);
                }
                if (fits) {
                    bases.set(base);
                    return base;
                }
            }
        }
    }
}
