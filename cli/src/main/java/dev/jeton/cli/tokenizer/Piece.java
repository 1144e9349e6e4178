package dev.jeton.cli.tokenizer;

import dev.jeton.text.EncodeOptions;
import dev.jeton.text.Encoding;
import dev.jeton.text.Tokenizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A token as it is shown.
 *
 * @param id its id
 * @param token how the vocabulary writes it
 * @param text the part of the text that it stands for; the bytes in hexadecimal where that is half a character; the token itself
 *     where it was added
 * @param bytes the bytes that it stands for
 * @param special whether it was added to the text
 */
record Piece(int id, String token, String text, byte[] bytes, boolean special) {

    static List<Piece> of(Tokenizer tokenizer, String text, EncodeOptions options) {
        Encoding encoding = tokenizer.encode(text, options);
        int[] ids = encoding.ids();
        int[] starts = encoding.starts();
        int[] ends = encoding.ends();
        int[] added = encoding.specialTokensMask();
        List<String> tokens = encoding.tokens();
        var result = new ArrayList<Piece>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            byte[] bytes = tokenizer.bytes(ids[i]);
            boolean shared = added[i] == 0
                    && ((i > 0 && added[i - 1] == 0 && starts[i] < ends[i - 1])
                            || (i + 1 < ids.length && added[i + 1] == 0 && starts[i + 1] < ends[i]));
            String shown = added[i] == 1 ? tokens.get(i) : shared ? hex(bytes) : text.substring(starts[i], ends[i]);
            result.add(new Piece(ids[i], tokens.get(i), shown, bytes, added[i] == 1));
        }
        return result;
    }

    /** Bytes as they are written, {@code \xE4\xB8}. */
    static String hex(byte[] bytes) {
        return HexFormat.of().withPrefix("\\x").withUpperCase().formatHex(bytes);
    }
}
