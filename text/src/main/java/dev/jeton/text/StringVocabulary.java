package dev.jeton.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A vocabulary of tokens as a file writes them. */
final class StringVocabulary extends Vocabulary {
    private @Nullable String[] tokens;
    /** An open-addressed table of the tokens and, beside it, their ids: a map would box each. */
    private @Nullable String[] keys;

    private int[] ids;

    private int size;
    private int count;

    StringVocabulary(int expected) {
        tokens = new String[Math.max(16, expected)];
        keys = new String[Integer.highestOneBit(Math.max(16, expected) * 2 - 1) * 2];
        ids = new int[keys.length];
    }

    /** Adds a token; a token that is there already keeps the later id, an id its later token. */
    void add(String token, int id) {
        if (id < 0 || id >= MAX_SIZE) {
            throw new TokenizerException(
                    "vocabulary: the id of \"%s\" must lie in 0 to %d, got %d".formatted(token, MAX_SIZE - 1, id));
        }
        if (id >= tokens.length) {
            tokens = Arrays.copyOf(tokens, Math.max(id + 1, tokens.length * 2));
        }
        tokens[id] = token;
        int slot = slot(token);
        if (keys[slot] == null && ++count * 2 > keys.length) {
            grow();
            slot = slot(token);
        }
        keys[slot] = token;
        ids[slot] = id;
        size = Math.max(size, id + 1);
    }

    /** Where a token is in the table, or would be. */
    private int slot(String token) {
        int mask = keys.length - 1;
        int slot = (token.hashCode() * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(mask);
        while (keys[slot] != null && !token.equals(keys[slot])) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        @Nullable String[] oldKeys = keys;
        int[] oldIds = ids;
        keys = new String[oldKeys.length * 2];
        ids = new int[keys.length];
        for (int i = 0; i < oldIds.length; i++) {
            String key = oldKeys[i];
            if (key != null) {
                int slot = slot(key);
                keys[slot] = key;
                ids[slot] = oldIds[i];
            }
        }
    }

    @Override
    int size() {
        return size;
    }

    @Override
    int count() {
        return count;
    }

    @Override
    int id(String token) {
        int slot = slot(token);
        return keys[slot] == null ? -1 : ids[slot];
    }

    @Override
    @Nullable
    String token(int id) {
        return id >= 0 && id < size ? tokens[id] : null;
    }
}
