package dev.jeton.text;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints trees of maps, lists, strings, numbers and flags as the Hugging Face libraries do, byte for byte. */
final class JsonPrinter {
    private final StringBuilder out = new StringBuilder();

    private JsonPrinter() {}

    static String print(@Nullable Object tree) {
        var printer = new JsonPrinter();
        printer.value(tree, "\n");
        return printer.out.toString();
    }

    private void value(@Nullable Object value, String indent) {
        switch (value) {
            case Map<?, ?> map -> {
                Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
                block('{', '}', entries, indent, entry -> {
                    string(out, String.valueOf(entry.getKey()));
                    out.append(": ");
                    value(entry.getValue(), indent + "  ");
                });
            }
            case List<?> list -> block('[', ']', list.iterator(), indent, element -> value(element, indent + "  "));
            case String text -> string(out, text);
            case null, default -> out.append(value);
        }
    }

    private <T> void block(
            char open, char close, Iterator<T> elements, String indent, java.util.function.Consumer<T> print) {
        out.append(open);
        boolean any = elements.hasNext();
        while (elements.hasNext()) {
            out.append(indent).append("  ");
            print.accept(elements.next());
            out.append(elements.hasNext() ? "," : "");
        }
        out.append(any ? indent : "").append(close);
    }

    /** Writes a string with the escapes that must be. */
    static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            switch (unit) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (unit < ' ') {
                        out.append("\\u%04x".formatted((int) unit));
                    } else {
                        out.append(unit);
                    }
                }
            }
        }
        out.append('"');
    }
}
