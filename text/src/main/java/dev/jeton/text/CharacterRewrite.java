package dev.jeton.text;

import java.lang.invoke.VarHandle;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A normaliser that rewrites each character by itself: what each becomes is worked out when it is first met. */
final class CharacterRewrite implements ByteNormalizer {
    private final IntFunction<@Nullable String> rewrite;
    private final boolean lowercase;
    /** By ASCII character what it becomes, -1 where it is dropped. */
    private final byte[] ascii = new byte[128];

    private final byte[][][] pages = new byte[(Character.MAX_CODE_POINT + 1) >> 8][][];

    private CharacterRewrite(IntFunction<@Nullable String> rewrite, boolean lowercase) {
        this.rewrite = rewrite;
        this.lowercase = lowercase;
    }

    /**
     * A rewriting by characters, or null if it does more to ASCII than to drop, to replace by ASCII and to lower the case.
     *
     * @param rewrite what a character becomes; null where that hangs on its neighbours
     */
    static @Nullable CharacterRewrite of(IntFunction<@Nullable String> rewrite) {
        boolean lowercase = "a".equals(rewrite.apply('A'));
        var result = new CharacterRewrite(rewrite, lowercase);
        for (int point = 0; point < 128; point++) {
            String text = rewrite.apply(point);
            if (text == null || text.length() > 1 || (text.length() == 1 && text.charAt(0) > 0x7F)) {
                return null;
            }
            result.ascii[point] = (byte) (text.isEmpty() ? -1 : text.charAt(0));
            int plain = lowercase ? Character.toLowerCase(point) : point;
            if (point >= ' ' && point < 0x7F && result.ascii[point] != plain) {
                return null;
            }
        }
        return result;
    }

    @Override
    public int normalize(byte[] text, int from, int to, Scratch scratch) {
        byte[] target = scratch.ensureNormal(to - from);
        Alignment alignment = scratch.trace == null ? null : scratch.alignment;
        int end = 0;
        int at = from;
        while (at < to) {
            long eight = Bytes.longAt(text, at);
            if (at + 8 <= to && Bytes.notIn(eight, ' ', '~') == 0) {
                Bytes.putLong(target, end, lowercase ? Bytes.lower(eight) : eight);
                if (alignment != null) {
                    alignment.copy(end, 8, at);
                }
                at += 8;
                end += 8;
                continue;
            }
            // a block that is not plain is done character by character
            int stop = Math.min(to, at + 8);
            while (at < stop) {
                if (text[at] >= 0) {
                    byte value = ascii[text[at]];
                    target[end] = value;
                    if (alignment != null) {
                        alignment.copy(end, 1, at);
                    }
                    at++;
                    end += value < 0 ? 0 : 1;
                    continue;
                }
                int point = Utf8.decode(text, at, to);
                byte[] bytes = bytes(point, scratch);
                int next = at + (point < 0 ? 1 : Utf8.length(point));
                if (alignment != null) {
                    alignment.put(end, bytes.length, at, next);
                }
                at = next;
                target = scratch.ensureNormal(end + bytes.length + to - at);
                System.arraycopy(bytes, 0, target, end, bytes.length);
                end += bytes.length;
            }
        }
        return end;
    }

    private byte[] bytes(int point, Scratch scratch) {
        if (point < 0) {
            scratch.failed = true;
            return new byte[0];
        }
        byte[][] page = pages[point >> 8];
        if (page == null) {
            page = new byte[256][];
            pages[point >> 8] = page; // a page that another thread made meanwhile may be lost, and is made again
        }
        byte[] known = page[point & 0xFF];
        if (known == null) {
            String text = rewrite.apply(point);
            if (text == null) {
                scratch.failed = true;
                return new byte[0];
            }
            known = Utf8.encode(text);
            VarHandle.storeStoreFence(); // who sees the array sees what is in it
            page[point & 0xFF] = known;
        }
        return known;
    }
}
