package dev.jeton.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints a layer and what is inside it. */
final class LayerTree {
    private record Line(String left, long parameters) {}

    private LayerTree() {}

    static String print(Layer root) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(root.description(), root.parameterCount()));
        add(root, "", lines);
        int width = lines.stream().mapToInt(line -> line.left().length()).max().orElse(0);
        int digits = grouped(root.parameterCount()).length();
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(text.isEmpty() ? "" : "\n").append(line.left());
            if (line.parameters() > 0) {
                String count = grouped(line.parameters());
                text.append(" ".repeat(width - line.left().length() + 4 + digits - count.length()))
                        .append(count);
            }
        }
        return text.toString();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static void add(Layer parent, String indent, List<Line> lines) {
        int left = parent.children().size();
        for (Map.Entry<String, Layer> entry : parent.children().entrySet()) {
            Layer child = entry.getValue();
            boolean last = --left == 0;
            lines.add(new Line(
                    indent + (last ? "└─ " : "├─ ") + entry.getKey() + ": " + child.description(),
                    child.parameterCount()));
            add(child, indent + (last ? "   " : "│  "), lines);
        }
    }
}
