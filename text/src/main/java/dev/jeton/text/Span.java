package dev.jeton.text;

/**
 * A part of a text.
 *
 * @param start UTF-16 index of its first character
 * @param end UTF-16 index behind its last
 */
public record Span(int start, int end) {
    /** The part itself. */
    public String of(String text) {
        return text.substring(start, end);
    }
}
