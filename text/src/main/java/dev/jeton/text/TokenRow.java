package dev.jeton.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tokens in a row with all that is known of each; grows at its end. */
final class TokenRow {
    static final int NO_WORD = -1;

    private int[] ids;
    private int[] typeIds;
    private int[] starts;
    private int[] ends;
    private int[] words;
    private int[] sequences;
    private String[] tokens;
    private int size;

    TokenRow(int capacity) {
        ids = new int[capacity];
        typeIds = new int[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
        words = new int[capacity];
        sequences = new int[capacity];
        tokens = new String[capacity];
    }

    int size() {
        return size;
    }

    /** Adds a token; {@code sequence} is 0 or 1 for a token of the first or second text, -1 for a special one. */
    void add(int id, String token, int typeId, int start, int end, int word, int sequence) {
        if (size == ids.length) {
            int capacity = Math.max(16, size * 2);
            ids = Arrays.copyOf(ids, capacity);
            typeIds = Arrays.copyOf(typeIds, capacity);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
            words = Arrays.copyOf(words, capacity);
            sequences = Arrays.copyOf(sequences, capacity);
            tokens = Arrays.copyOf(tokens, capacity);
        }
        ids[size] = id;
        tokens[size] = token;
        typeIds[size] = typeId;
        starts[size] = start;
        ends[size] = end;
        words[size] = word;
        sequences[size] = sequence;
        size++;
    }

    void addSpecial(int id, String token, int typeId) {
        add(id, token, typeId, 0, 0, NO_WORD, -1);
    }

    /** Adds a part of another row, with a type of its own where {@code typeId} is given. */
    void addAll(TokenRow other, int from, int to, @Nullable Integer typeId, @Nullable Integer sequence) {
        for (int i = from; i < to; i++) {
            add(
                    other.ids[i],
                    other.tokens[i],
                    typeId == null ? other.typeIds[i] : typeId,
                    other.starts[i],
                    other.ends[i],
                    other.words[i],
                    sequence == null ? other.sequences[i] : sequence);
        }
    }

    TokenRow slice(int from, int to) {
        var result = new TokenRow(to - from);
        result.addAll(this, from, to, null, null);
        return result;
    }

    int id(int index) {
        return ids[index];
    }

    String token(int index) {
        return tokens[index];
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    void span(int index, int start, int end) {
        starts[index] = start;
        ends[index] = end;
    }

    int[] ids() {
        return Arrays.copyOf(ids, size);
    }

    int[] typeIds() {
        return Arrays.copyOf(typeIds, size);
    }

    int[] starts() {
        return Arrays.copyOf(starts, size);
    }

    int[] ends() {
        return Arrays.copyOf(ends, size);
    }

    int[] words() {
        return Arrays.copyOf(words, size);
    }

    int[] sequences() {
        return Arrays.copyOf(sequences, size);
    }

    String[] tokens() {
        return Arrays.copyOf(tokens, size);
    }
}
