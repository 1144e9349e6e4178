package dev.jeton.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** SentencePiece's own decoding. */
record SentencePieceDecoder(
        String unknownPiece,
        String unknownSurface,
        Set<String> controls,
        boolean dropsFirstSpace,
        boolean dropsAllSpaces)
        implements Decoder {
    private static final String SPACE = "\u2581";

    @Override
    public List<String> decode(List<String> tokens) {
        var result = new ArrayList<String>(tokens.size());
        var bytes = new ArrayList<String>();
        boolean atStart = true;
        boolean seenSpace = false;
        boolean empty = true;
        for (String token : tokens) {
            if (ByteFallback.byteOf(token) >= 0) {
                bytes.add(token);
                continue;
            }
            empty &= flush(bytes, result);
            atStart &= !seenSpace && empty;
            seenSpace = false;
            String text = token;
            if (controls.contains(token)) {
                text = "";
            } else if (token.equals(unknownPiece)) {
                text = unknownSurface;
            } else {
                if (atStart && dropsFirstSpace && text.startsWith(SPACE)) {
                    text = text.substring(1);
                    seenSpace = !dropsAllSpaces;
                }
                text = text.replace(SPACE, " ");
            }
            empty &= text.isEmpty();
            result.add(text);
        }
        flush(bytes, result);
        return result;
    }

    /** Puts the text of the bytes into the result; true if there were none. */
    private static boolean flush(List<String> bytes, List<String> result) {
        if (bytes.isEmpty()) {
            return true;
        }
        byte[] all = new byte[bytes.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) ByteFallback.byteOf(bytes.get(i));
        }
        for (int i = 0; i < all.length; ) {
            boolean valid = Utf8.decode(all, i, all.length) >= 0;
            int end = valid ? i + Utf8.sequenceLength(all[i]) : i + 1;
            result.add(valid ? Utf8.string(all, i, end) : "\uFFFD");
            i = end;
        }
        bytes.clear();
        return false;
    }
}
