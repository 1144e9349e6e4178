package dev.jeton.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints tensors the way PyTorch does: rows in brackets, numbers of one width, the middle of large tensors left out, then
 * device, size, type and how gradients come where that is not evident.
 */
final class TensorPrinter {
    private static final int LINE_WIDTH = 80;
    private static final int MOST_ELEMENTS = 1000;

    /** How many elements at each end of a dimension are shown where the middle is left out. */
    private static final int EDGE = 3;

    private static final String PREFIX = "tensor(";

    private final Shape shape;
    private final boolean shortened;
    private final NumberFormatting numbers;

    private TensorPrinter(Shape shape, boolean shortened, NumberFormatting numbers) {
        this.shape = shape;
        this.shortened = shortened;
        this.numbers = numbers;
    }

    static String print(Tensor tensor) {
        return withRemarks(PREFIX + elements(tensor), remarks(tensor));
    }

    private static String elements(Tensor tensor) {
        if (tensor.elements() == 0) {
            return "[]";
        }
        if (tensor.dtype().isComplex()) {
            return "...";
        }
        boolean shortened = tensor.elements() > MOST_ELEMENTS;
        NumberFormatting numbers;
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            numbers = NumberFormatting.of(shortened ? edges(tensor) : tensor);
        }
        return new TensorPrinter(tensor.shape(), shortened, numbers).block(0, 0, PREFIX.length());
    }

    /** Returns what is shown of a large tensor: the ends of each dimension side by side. */
    private static Tensor edges(Tensor tensor) {
        Tensor shown = tensor;
        for (int i = 0; i < tensor.rank(); i++) {
            long size = tensor.size(i);
            if (size > 2 * EDGE) {
                shown = Tensor.cat(List.of(shown.narrow(i, 0, EDGE), shown.narrow(i, size - EDGE, EDGE)), i);
            }
        }
        return shown;
    }

    private boolean leavesOut(int dimension) {
        return shortened && shape.size(dimension) > 2 * EDGE;
    }

    /** How many places of a dimension are shown. */
    private int shown(int dimension) {
        return leavesOut(dimension) ? 2 * EDGE : (int) shape.size(dimension);
    }

    /** Prints what lies behind one place of the outer dimensions; {@code first} is its first word. */
    private String block(int dimension, int first, int indent) {
        int rank = shape.rank();
        if (dimension == rank) {
            return word(first);
        }
        if (dimension == rank - 1) {
            return row(first, indent);
        }
        int step = 1;
        for (int i = dimension + 1; i < rank; i++) {
            step *= shown(i);
        }
        List<String> blocks = new ArrayList<>();
        for (int i = 0; i < shown(dimension); i++) {
            if (i == EDGE && leavesOut(dimension)) {
                blocks.add("...");
            }
            blocks.add(block(dimension + 1, first + i * step, indent + 1));
        }
        String between = "," + "\n".repeat(rank - dimension - 1) + " ".repeat(indent + 1);
        return "[" + String.join(between, blocks) + "]";
    }

    private String row(int first, int indent) {
        int last = shape.rank() - 1;
        List<String> row = new ArrayList<>();
        for (int i = 0; i < shown(last); i++) {
            if (i == EDGE && leavesOut(last)) {
                row.add(" ...");
            }
            row.add(word(first + i));
        }
        int perLine = Math.max(1, (LINE_WIDTH - indent) / (numbers.width() + 2));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < row.size(); i += perLine) {
            lines.add(String.join(", ", row.subList(i, Math.min(i + perLine, row.size()))));
        }
        return "[" + String.join(",\n" + " ".repeat(indent + 1), lines) + "]";
    }

    private String word(int index) {
        String word = numbers.words().get(index);
        return " ".repeat(Math.max(0, numbers.width() - word.length())) + word;
    }

    // ---- remarks
    // -----------------------------------------------------------------------------------------------------

    private static List<String> remarks(Tensor tensor) {
        List<String> remarks = new ArrayList<>();
        if (tensor.isCuda()) {
            remarks.add("device='" + tensor.device() + "'");
        }
        boolean empty = tensor.elements() == 0;
        if ((empty && tensor.rank() != 1) || tensor.dtype().isComplex()) {
            remarks.add("size=" + tuple(tensor.shape()));
        }
        DType type = tensor.dtype();
        if (type != DType.FLOAT32 && (empty || (type != DType.INT64 && type != DType.BOOL))) {
            remarks.add("dtype=torch." + type);
        }
        if (tensor.node != null) {
            remarks.add("grad_fn=<" + tensor.node.operator + ">");
        } else if (tensor.isRecorded()) {
            remarks.add("requires_grad=True");
        }
        return remarks;
    }

    /** As Python writes tuples: with a comma behind a single element. */
    private static String tuple(Shape shape) {
        return Arrays.stream(shape.raw())
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "(", shape.rank() == 1 ? ",)" : ")"));
    }

    private static String withRemarks(String printed, List<String> remarks) {
        StringBuilder text = new StringBuilder(printed);
        int lineLength = printed.length() - printed.lastIndexOf('\n') + 1;
        for (String remark : remarks) {
            if (lineLength + remark.length() + 2 > LINE_WIDTH) {
                text.append(",\n").append(" ".repeat(PREFIX.length())).append(remark);
                lineLength = PREFIX.length() + remark.length();
            } else {
                text.append(", ").append(remark);
                lineLength += remark.length() + 2;
            }
        }
        return text.append(")").toString();
    }
}
