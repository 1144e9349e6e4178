package dev.jeton.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.train.Measurement.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
    private Path file;

    @BeforeEach
    void makeFile(@TempDir Path folder) throws IOException {
        file = folder.resolve("metrics.jsonl");
        try (MetricsLog log = MetricsLog.continueAfter(0, file)) {
            log.add(new Measurement(10, 0.5, Phase.TRAIN, Map.of("loss", 2.5)));
            log.add(new Measurement(10, 0.5, Phase.VALIDATION, Map.of("loss", Double.NaN)));
            log.add(new Measurement(20, 1, Phase.TRAIN, Map.of("loss", 1.25)));
        }
    }

    @Test
    void writesALineOfJsonForEachMeasurement() throws IOException {
        assertThat(Files.readString(file)).isEqualTo("""
                {"step":10,"epoch":0.5,"phase":"train","loss":2.5}
                {"step":10,"epoch":0.5,"phase":"validation","loss":null}
                {"step":20,"epoch":1.0,"phase":"train","loss":1.25}
                """);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        assertThat(MetricsLog.read(file))
                .containsExactly(
                        new Measurement(10, 0.5, Phase.TRAIN, Map.of("loss", 2.5)),
                        new Measurement(10, 0.5, Phase.VALIDATION, Map.of("loss", Double.NaN)),
                        new Measurement(20, 1, Phase.TRAIN, Map.of("loss", 1.25)));
    }

    @Test
    void dropsLaterLinesAndATornOneWhenItGoesOn() throws IOException {
        Files.writeString(file, "{\"step\":30,\"ep", StandardOpenOption.APPEND);
        MetricsLog.continueAfter(10, file).close();
        assertThat(MetricsLog.read(file)).extracting(Measurement::step).containsExactly(10L, 10L);
    }

    @Test
    void saysWhichLineIsNone() throws IOException {
        Files.writeString(file, "{\"step\":\"many\"}\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> MetricsLog.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("metrics.jsonl, line 4");
    }
}
