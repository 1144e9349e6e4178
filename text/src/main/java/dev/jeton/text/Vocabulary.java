package dev.jeton.text;

import org.jspecify.annotations.Nullable;

/** Tokens by id and ids by token. */
abstract class Vocabulary {
    /** Ids must stay below this: the tables of the fast paths give an id 21 bits. */
    static final int MAX_SIZE = (1 << 21) - 1;

    /** One more than the largest id. */
    abstract int size();

    /** How many tokens there are: less than {@link #size()} where ids are left out. */
    abstract int count();

    /** The token's id or -1. */
    abstract int id(String token);

    abstract @Nullable String token(int id);
}
