package dev.jeton.text;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows a fast path and makes the row that the pipeline would have made: beside the ids the tokens, the parts of the text that
 * they stand for, and the words.
 */
final class Trace {
    private final Vocabulary vocabulary;
    private final int sequence;
    private final TokenRow row;
    /** Whether of a character's bytes only the last token has its range, as SentencePiece has it, and not all of them. */
    private final boolean lastHasRange;

    private int words;
    /** Where the text at hand comes from; null if it is the given one. */
    private @Nullable Alignment alignment;

    private int[] ends = new int[64];

    Trace(Model model, int sequence, int expected) {
        vocabulary = model.vocabulary();
        lastHasRange = model instanceof SentencePieceModel;
        this.sequence = sequence;
        row = new TokenRow(expected);
    }

    /** What follows is of a text that was rewritten so, or of the given text (null). */
    void in(@Nullable Alignment rewritten) {
        alignment = rewritten;
    }

    void added(int id, byte[] text, int from, int to) {
        String token = Utf8.string(text, from, to);
        row.add(id, token, sequence, start(text, from), end(text, to), words++, sequence);
    }

    /**
     * Adds the tokens of a word, which are the last ids found.
     *
     * @param begins whether a word of the pre-tokeniser begins here: else it is a further part of one
     * @param first where the tokens' ids begin
     */
    void word(WordEncoder encoder, byte[] text, int from, int to, boolean begins, Scratch scratch, int first) {
        int count = scratch.size - first;
        words += begins ? 1 : 0;
        if (ends.length < count) {
            ends = new int[count * 2];
        }
        if (!encoder.ends(text, from, to, scratch, first, ends)) {
            scratch.failed = true;
            return;
        }
        int at = from;
        for (int i = 0; i < count; i++) {
            int id = scratch.ids[first + i];
            int next = ends[i];
            String surface = encoder.surface(id, text, at, next);
            String token = surface != null ? surface : Objects.requireNonNull(vocabulary.token(id));
            int start = start(text, at);
            boolean shared = lastHasRange && i + 1 < count && begin(text, next) == begin(text, at);
            row.add(id, token, sequence, start, shared ? start : end(text, next), words - 1, sequence);
            at = next;
        }
    }

    /** Where the character of the byte begins, in the given text. */
    private int start(byte[] text, int at) {
        int first = begin(text, at);
        return alignment == null ? first : alignment.start(first);
    }

    private static int begin(byte[] text, int at) {
        int first = at;
        while ((text[first] & 0xC0) == 0x80) {
            first--;
        }
        return first;
    }

    /** Where the character of the byte before ends, in the given text. */
    private int end(byte[] text, int at) {
        if (alignment != null) {
            return alignment.end(at - 1);
        }
        int end = at;
        while ((text[end] & 0xC0) == 0x80) {
            end++;
        }
        return end;
    }

    /** The row, its spans in UTF-16 units. */
    TokenRow row(byte[] text, int size, String string) {
        if (string.length() != size) {
            int[] units = units(text, size);
            for (int i = 0; i < row.size(); i++) {
                row.span(i, units[row.start(i)], units[row.end(i)]);
            }
        }
        return row;
    }

    /** By byte at which a character begins or the text ends, how many UTF-16 units come before. */
    private static int[] units(byte[] text, int size) {
        int[] result = new int[size + 1];
        int units = 0;
        for (int i = 0; i < size; i++) {
            result[i] = units;
            int value = text[i] & 0xFF;
            units += (value & 0xC0) == 0x80 ? 0 : value >= 0xF0 ? 2 : 1;
        }
        result[size] = units;
        return result;
    }
}
