package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tensors that the original implementations gave, from a safetensors file of the reference data. */
final class Golden {
    private static final Pattern ENTRY = Pattern.compile(
            "\"([^\"]+)\":\\{\"dtype\":\"(\\w+)\",\"shape\":\\[([\\d,]*)],\"data_offsets\":\\[(\\d+),(\\d+)]}");

    private final ByteBuffer elements;
    private final TreeMap<String, Entry> entries = new TreeMap<>();

    private record Entry(String dtype, Shape shape, int start) {}

    private Golden(ByteBuffer file) {
        int length = Math.toIntExact(file.getLong(0));
        String header = new String(file.array(), 8, length, StandardCharsets.UTF_8).replaceAll("\\s", "");
        elements = file.slice(8 + length, file.limit() - 8 - length).order(ByteOrder.LITTLE_ENDIAN);
        Matcher entry = ENTRY.matcher(header);
        while (entry.find()) {
            long[] sizes = entry.group(3).isEmpty()
                    ? new long[0]
                    : Arrays.stream(entry.group(3).split(","))
                            .mapToLong(Long::parseLong)
                            .toArray();
            entries.put(entry.group(1), new Entry(entry.group(2), Shape.of(sizes), Integer.parseInt(entry.group(4))));
        }
    }

    /** Reads a file of second derivatives; skips the test where the reference data is absent. */
    static Golden read(String name) {
        return read("second_derivatives", name);
    }

    /** Reads a file in a folder of the reference data; skips the test where it is absent. */
    static Golden read(String folder, String name) {
        Path file = Path.of(System.getProperty("jeton.shared", "../shared"), "golden", folder, name);
        assumeTrue(Files.exists(file), "no reference data at " + file);
        try {
            return new Golden(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> names() {
        return entries.keySet();
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    Tensor tensor(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new AssertionError("the reference data has no " + name);
        }
        int count = Math.toIntExact(entry.shape.elements());
        return switch (entry.dtype) {
            case "F64" -> {
                double[] values = new double[count];
                Arrays.setAll(values, i -> elements.getDouble(entry.start + 8 * i));
                yield Tensor.of(values, entry.shape);
            }
            case "I64" -> {
                long[] values = new long[count];
                Arrays.setAll(values, i -> elements.getLong(entry.start + 8 * i));
                yield Tensor.of(values, entry.shape);
            }
            case "BOOL" -> {
                long[] values = new long[count];
                Arrays.setAll(values, i -> elements.get(entry.start + i));
                yield Tensor.of(values, entry.shape).ne(0);
            }
            default -> throw new AssertionError(name + " has the type " + entry.dtype);
        };
    }

    /** Holds a tensor against the one with a name; an absent one stands for zeros. */
    void same(String name, Tensor x, double tolerance) {
        double[] expected = has(name) ? tensor(name).toDoubles() : new double[Math.toIntExact(x.elements())];
        if (has(name)) {
            assertThat(x.shape()).as("shape of " + name).isEqualTo(tensor(name).shape());
        }
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        double[] values = x.toDoubles();
        for (int i = 0; i < values.length; i++) {
            assertThat(Math.abs(values[i] - expected[i]))
                    .as("%s[%d]: %s beside %s", name, i, values[i], expected[i])
                    .isLessThanOrEqualTo(tolerance * (1 + scale));
        }
    }
}
