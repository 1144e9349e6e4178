package dev.jeton.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens by id and ids by token. */
final class Vocabulary {
    /** Ids must stay below this: the tables of the fast paths give an id 21 bits. */
    static final int MAX_SIZE = (1 << 21) - 1;

    private @Nullable String[] tokens;
    private final Map<String, Integer> ids;
    private int size;

    Vocabulary(int expected) {
        tokens = new String[Math.max(16, expected)];
        ids = HashMap.newHashMap(expected);
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
        ids.put(token, id);
        size = Math.max(size, id + 1);
    }

    /** One more than the largest id. */
    int size() {
        return size;
    }

    /** How many tokens there are: less than {@link #size()} where ids are left out. */
    int count() {
        return ids.size();
    }

    /** The token's id or -1. */
    int id(String token) {
        Integer id = ids.get(token);
        return id == null ? -1 : id;
    }

    @Nullable
    String token(int id) {
        return id >= 0 && id < size ? tokens[id] : null;
    }
}
