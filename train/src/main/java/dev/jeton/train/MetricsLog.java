package dev.jeton.train;

import dev.jeton.train.Measurement.Phase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file {@code metrics.jsonl}: one measurement a line, {@code {"step":100,"epoch":0.5,"phase":"train","loss":0.25}}.
 * What is not a finite number stands there as {@code null}.
 */
final class MetricsLog implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final OutputStream out;

    private MetricsLog(Path file) throws IOException {
        this.file = file;
        this.out = Files.newOutputStream(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** Opens the file to write on; lines of steps after {@code step} are dropped, they will come again. */
    static MetricsLog continueAfter(long step, Path file) throws IOException {
        if (Files.exists(file)) {
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            for (Measurement measurement : read(file)) {
                if (measurement.step() <= step) {
                    kept.writeBytes(line(measurement));
                }
            }
            DurableFiles.write(file, kept.toByteArray());
        }
        return new MetricsLog(file);
    }

    void add(Measurement measurement) {
        try {
            out.write(line(measurement));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be closed: " + e, e);
        }
    }

    private static byte[] line(Measurement measurement) {
        ObjectNode line = JSON.createObjectNode();
        line.put("step", measurement.step());
        line.put("epoch", measurement.epoch());
        line.put("phase", measurement.phase().label());
        measurement.values().forEach((name, value) -> {
            if (Double.isFinite(value)) {
                line.put(name, value);
            } else {
                line.putNull(name);
            }
        });
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a file. A last line without its end, as a machine that lost power leaves it, is passed over.
     *
     * @throws IOException if a line is no measurement
     */
    static List<Measurement> read(Path file) throws IOException {
        String text = Files.readString(file);
        List<Measurement> all = new ArrayList<>();
        int number = 0;
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            number++;
            Measurement measurement = parse(text.substring(start, end));
            if (measurement == null) {
                throw new IOException(
                        file + ", line " + number + ": must be a JSON object with step, epoch, phase and numbers, is: "
                                + text.substring(start, end));
            }
            all.add(measurement);
            start = end + 1;
        }
        return all;
    }

    private static @Nullable Measurement parse(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            JsonNode phase = node.path("phase");
            boolean validation = phase.asString("").equals(Phase.VALIDATION.label());
            if (!node.path("step").isIntegralNumber()
                    || !node.path("epoch").isNumber()
                    || (!validation && !phase.asString("").equals(Phase.TRAIN.label()))) {
                return null;
            }
            Map<String, Double> values = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                JsonNode value = field.getValue();
                if (value.isNull()) {
                    values.put(field.getKey(), Double.NaN);
                } else if (value.isNumber()) {
                    values.put(field.getKey(), value.doubleValue());
                }
            }
            values.remove("step");
            values.remove("epoch");
            return new Measurement(
                    node.path("step").longValue(),
                    node.path("epoch").doubleValue(),
                    validation ? Phase.VALIDATION : Phase.TRAIN,
                    values);
        } catch (JacksonException e) {
            return null;
        }
    }
}
