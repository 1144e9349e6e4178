package dev.jeton.text;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.AdvancedFilter;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code tojson} as the Hugging Face libraries have it: Python's {@code json.dumps} without escapes beyond ASCII. */
final class PythonJsonFilter implements AdvancedFilter {
    @Override
    public String getName() {
        return "tojson";
    }

    @Override
    public Object filter(
            @Nullable Object value,
            JinjavaInterpreter interpreter,
            @Nullable Object[] arguments,
            Map<String, Object> named) {
        Object indent = named.getOrDefault("indent", arguments.length > 1 ? arguments[1] : null);
        var writer = new Writer(indent instanceof Number spaces ? spaces.intValue() : -1);
        writer.write(value, 0);
        return writer.out.toString();
    }

    /** Writes one value. */
    private static final class Writer {
        private final StringBuilder out = new StringBuilder();
        private final int indent;

        Writer(int indent) {
            this.indent = indent;
        }

        void write(@Nullable Object value, int depth) {
            switch (value) {
                case Map<?, ?> map ->
                    block('{', '}', map.entrySet().iterator(), depth, entry -> {
                        JsonPrinter.string(out, String.valueOf(entry.getKey()));
                        out.append(": ");
                        write(entry.getValue(), depth + 1);
                    });
                case Iterable<?> list -> block('[', ']', list.iterator(), depth, element -> write(element, depth + 1));
                case CharSequence text -> JsonPrinter.string(out, text.toString());
                case null, default -> out.append(value);
            }
        }

        private <T> void block(char open, char close, Iterator<T> elements, int depth, Consumer<T> write) {
            out.append(open);
            boolean any = elements.hasNext();
            while (elements.hasNext()) {
                newLine(depth + 1);
                write.accept(elements.next());
                if (elements.hasNext()) {
                    out.append(indent < 0 ? ", " : ",");
                }
            }
            if (any) {
                newLine(depth);
            }
            out.append(close);
        }

        private void newLine(int depth) {
            if (indent >= 0) {
                out.append('\n').repeat(' ', indent * depth);
            }
        }
    }
}
