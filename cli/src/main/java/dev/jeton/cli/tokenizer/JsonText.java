package dev.jeton.cli.tokenizer;

import java.util.HexFormat;
import java.util.List;

/**
 * JSON on one line, as it grows.
 *
 * <p>Half of a surrogate pair, which a token or a text may be, is escaped: the libraries' writers refuse it or put a question
 * mark there.
 */
final class JsonText {
    private final StringBuilder out = new StringBuilder();

    /** Writes the next member's name, and an object's opening brace before the first. */
    JsonText name(String name) {
        boolean first = out.isEmpty() || out.charAt(out.length() - 1) == '\n';
        out.append(first ? '{' : ',').append('"').append(name).append("\":");
        return this;
    }

    /** Ends the line's object. */
    JsonText end() {
        out.append("}\n");
        return this;
    }

    JsonText value(long number) {
        out.append(number);
        return this;
    }

    JsonText value(double number) {
        out.append(number);
        return this;
    }

    JsonText value(boolean flag) {
        out.append(flag);
        return this;
    }

    JsonText value(int[] numbers) {
        out.append('[');
        for (int i = 0; i < numbers.length; i++) {
            out.append(i == 0 ? "" : ",").append(numbers[i]);
        }
        out.append(']');
        return this;
    }

    /** Pairs of a start and an end. */
    JsonText value(int[] starts, int[] ends) {
        out.append('[');
        for (int i = 0; i < starts.length; i++) {
            out.append(i == 0 ? "[" : ",[")
                    .append(starts[i])
                    .append(',')
                    .append(ends[i])
                    .append(']');
        }
        out.append(']');
        return this;
    }

    JsonText value(List<String> texts) {
        out.append('[');
        for (int i = 0; i < texts.size(); i++) {
            out.append(i == 0 ? "" : ",");
            value(texts.get(i));
        }
        out.append(']');
        return this;
    }

    JsonText value(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            switch (unit) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (unit < ' ' || (Character.isSurrogate(unit) && !isHalfOfPair(text, i))) {
                        out.append("\\u").append(HexFormat.of().toHexDigits(unit));
                    } else {
                        out.append(unit);
                    }
                }
            }
        }
        out.append('"');
        return this;
    }

    private static boolean isHalfOfPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
