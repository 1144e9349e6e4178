package dev.jeton.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A character map that SentencePiece compiled: a double-array trie from byte sequences to replacements.
 *
 * <p>Layout: the trie's size in bytes (32 bits, little endian), its units (32 bits each, as Darts-clone packs them), then the
 * replacements, each ended by a zero byte.
 */
final class CharsMap {
    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private final byte[] blob;
    private final int[] units;
    private final byte[] replacements;

    private CharsMap(byte[] blob, int[] units, byte[] replacements) {
        this.blob = blob;
        this.units = units;
        this.replacements = replacements;
    }

    static CharsMap of(byte[] blob) {
        ByteBuffer buffer = ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN);
        int trieBytes = blob.length < 4 ? -1 : buffer.getInt();
        if (trieBytes < 4 || trieBytes % 4 != 0 || trieBytes > blob.length - 4) {
            throw new TokenizerException("precompiled_charsmap: the trie's size must be a multiple of 4 within the "
                    + blob.length + " bytes, got " + trieBytes);
        }
        int[] units = new int[trieBytes / 4];
        buffer.asIntBuffer().get(units);
        return new CharsMap(blob, units, Arrays.copyOfRange(blob, 4 + trieBytes, blob.length));
    }

    byte[] blob() {
        return blob;
    }

    /**
     * The match that starts at {@code from}: its length in bytes above 32 bits, where its replacement starts below; -1 if none.
     */
    long match(byte[] text, int from, int to, boolean longest) {
        long found = -1;
        int node = offset(units[0]);
        for (int i = from; i < to; i++) {
            node ^= text[i] & 0xFF;
            if (node < 0 || node >= units.length) {
                break;
            }
            int unit = units[node];
            if ((unit & 0x8000_00FF) != (text[i] & 0xFF)) {
                break;
            }
            node ^= offset(unit);
            if ((unit >> 8 & 1) != 0 && node >= 0 && node < units.length) {
                found = (long) (i + 1 - from) << 32 | (units[node] & 0x7FFF_FFFF);
                if (!longest) {
                    break;
                }
            }
        }
        return found;
    }

    /** Whether a sequence in the map begins with these two bytes. */
    boolean begins(byte first, byte second) {
        int node = step(offset(units[0]), first);
        return node >= 0 && step(node, second) >= 0;
    }

    /** The node behind a byte, or -1. */
    private int step(int node, byte value) {
        int at = node ^ (value & 0xFF);
        if (at < 0 || at >= units.length || (units[at] & 0x8000_00FF) != (value & 0xFF)) {
            return -1;
        }
        return at ^ offset(units[at]);
    }

    /** Whether the replacement that starts there is a single space. */
    boolean isSpace(int start) {
        return start < replacements.length && replacements[start] == ' ' && replacementEnd(start) == start + 1;
    }

    /** End of the replacement that starts at {@code start}. */
    int replacementEnd(int start) {
        int end = Math.min(start, replacements.length);
        while (end < replacements.length && replacements[end] != 0) {
            end++;
        }
        return end;
    }

    byte[] replacements() {
        return replacements;
    }

    private static int offset(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >> 6);
    }

    /** The replacement of the shortest prefix that has one, as code points, or null. */
    private int @Nullable [] transform(byte[] part) {
        long match = match(part, 0, part.length, false);
        if (match < 0) {
            return null;
        }
        return replacement((int) match);
    }

    /** The replacement that starts at {@code start}, as code points. */
    int[] replacement(int start) {
        int from = Math.min(start, replacements.length);
        return new String(replacements, from, replacementEnd(from) - from, StandardCharsets.UTF_8)
                .codePoints()
                .toArray();
    }

    /** Rewrites each grapheme of fewer than six bytes as a whole if it has a replacement, else character by character. */
    AlignedText normalizeGraphemes(AlignedText text) {
        var rewrite = new Rewrite(text);
        String string = text.toString();
        Matcher graphemes = GRAPHEME.matcher(string);
        while (graphemes.find()) {
            String grapheme = graphemes.group();
            byte[] bytes = Utf8.encode(grapheme);
            int[] whole = bytes.length < 6 ? transform(bytes) : null;
            if (whole != null) {
                replace(rewrite, grapheme.codePointCount(0, grapheme.length()), whole);
                continue;
            }
            for (int i = 0; i < grapheme.length(); ) {
                int point = grapheme.codePointAt(i);
                int[] one = transform(Utf8.encode(Character.toString(point)));
                if (one == null) {
                    rewrite.replace(point);
                } else {
                    replace(rewrite, 1, one);
                }
                i += Character.charCount(point);
            }
        }
        return rewrite.result();
    }

    private static void replace(Rewrite rewrite, int count, int[] by) {
        int common = Math.min(count, by.length);
        for (int i = 0; i < by.length; i++) {
            if (i < common) {
                rewrite.replace(by[i]);
            } else {
                rewrite.insert(by[i]);
            }
        }
        // the reference books what is dropped on the character before, and forgets it where there is none
        if (by.length > 0 || rewrite.hasWritten()) {
            rewrite.skip(count - common);
        }
    }
}
