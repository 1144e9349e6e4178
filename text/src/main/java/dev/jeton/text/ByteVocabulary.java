package dev.jeton.text;

import org.jspecify.annotations.Nullable;

/** A vocabulary of bytes, which are written in {@link ByteAlphabet} only where someone asks: most never are. */
final class ByteVocabulary extends Vocabulary {
    private final TokenTable table;
    private final int count;
    /** What was asked for; any thread makes the same. */
    private final @Nullable String[] written;

    /**
     * @param tokens by id, null where there is none; of two that are alike the later counts
     */
    ByteVocabulary(byte[] @Nullable [] tokens) {
        table = new TokenTable(tokens.length);
        int found = 0;
        for (int id = tokens.length - 1; id >= 0; id--) { // the first one put counts
            byte[] token = tokens[id];
            if (token != null) {
                table.put(id, token);
                found++;
            }
        }
        count = found;
        written = new String[tokens.length];
    }

    TokenTable table() {
        return table;
    }

    @Override
    int size() {
        return table.size();
    }

    @Override
    int count() {
        return count;
    }

    @Override
    int id(String token) {
        byte[] bytes = ByteAlphabet.bytes(token);
        return bytes == null ? -1 : table.find(bytes, 0, bytes.length);
    }

    @Override
    @Nullable
    String token(int id) {
        if (!has(id)) {
            return null;
        }
        String known = written[id];
        if (known == null) {
            known = ByteAlphabet.string(table.arena(), table.start(id), table.end(id));
            written[id] = known;
        }
        return known;
    }

    /** A token as it is. */
    byte @Nullable [] bytes(int id) {
        return has(id) ? table.bytes(id) : null;
    }

    private boolean has(int id) {
        return id >= 0 && id < written.length && table.has(id);
    }
}
