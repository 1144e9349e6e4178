package dev.jeton.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The working memory of one encoding at a time: buffers, and the words met before. */
final class Scratch {
    /** Bytes that must be readable behind a text. */
    static final int PADDING = ByteMasks.SIZE;

    private static final int KEPT_BYTES = 1 << 20;

    final int[] spans = new int[512];
    final Utf8Writer utf8 = new Utf8Writer();
    final Merger merger = new Merger();
    final BestCut cut = new BestCut();
    final WordCache cache = new WordCache();

    byte[] text = new byte[1 << 12];
    /** A part of the text as the normaliser rewrote it. */
    byte[] normal = new byte[0];
    /** Whether something was met that only the whole pipeline can do. */
    boolean failed;

    int[] ids = new int[1 << 10];
    int size;
    /** Follows where the tokens lie, where that is asked for. */
    @Nullable
    Trace trace;
    /** Where {@link #normal} comes from; kept only if there is a trace. */
    final Alignment alignment = new Alignment();

    void clear() {
        size = 0;
        failed = false;
        trace = null;
        if (normal.length > KEPT_BYTES) {
            normal = new byte[0];
        }
        if (text.length > KEPT_BYTES) {
            text = new byte[1 << 12];
        }
        if (ids.length > KEPT_BYTES) {
            ids = new int[1 << 10];
        }
    }

    /** Makes room for a text of so many bytes. */
    void ensureText(int bytes) {
        if (text.length < bytes + PADDING) {
            text = Arrays.copyOf(text, Math.max(bytes + PADDING, text.length * 2));
        }
    }

    /** Makes room for so many bytes of normalised text, and keeps those that are there. */
    byte[] ensureNormal(int bytes) {
        if (normal.length < bytes + PADDING) {
            normal = Arrays.copyOf(normal, Math.max(bytes + PADDING, normal.length * 2));
        }
        return normal;
    }

    /** Makes room for so many more ids. */
    void ensureIds(int more) {
        if (ids.length - size < more) {
            ids = Arrays.copyOf(ids, Math.max(size + more, ids.length * 2));
        }
    }

    void add(int id) {
        if (size == ids.length) {
            ensureIds(1);
        }
        ids[size++] = id;
    }
}
