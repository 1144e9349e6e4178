package dev.jeton.cli.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.text.TrainingProgress;
import dev.jeton.text.TrainingProgress.Phase;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What a training shows meanwhile, by a clock of the test's. */
class TrainingLineTest {
    private final StringWriter err = new StringWriter();
    private long millis;

    private TrainingLine line(boolean terminal) {
        return new TrainingLine(new PrintWriter(err), terminal, () -> millis * 1_000_000);
    }

    @Test
    void aFileGetsALineWhenSomethingElseBeginsAndEveryTenSeconds() {
        TrainingLine line = line(false);
        for (; millis < 25_000; millis += 100) {
            boolean reading = millis < 12_500;
            line.accept(new TrainingProgress(
                    reading ? Phase.READING : Phase.LEARNING, millis * 1000, reading ? 12_500_000 : 25_000_000));
        }
        line.end();
        assertThat(err.toString().lines())
                .containsExactly(
                        "reading: 1.0 MB of 12.5 MB, 8 %",
                        "reading: 11.0 MB of 12.5 MB, 88 %",
                        "learning: 12,500,000 of 25,000,000, 50 %",
                        "learning: 22,500,000 of 25,000,000, 90 %");
    }

    @Test
    void aShortTrainingLeavesNothing() {
        TrainingLine line = line(false);
        millis = 900;
        line.accept(new TrainingProgress(Phase.LEARNING, 1, 1));
        line.end();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aTerminalGetsOneLineThatChangesAndGoes() {
        TrainingLine line = line(true);
        for (; millis <= 250; millis += 50) {
            line.accept(new TrainingProgress(Phase.READING, millis * 10_000, 0));
        }
        line.end();
        assertThat(err.toString().split("\\r\\u001b\\[2K", -1))
                .containsExactly("", "reading: 0.0 MB", "reading: 1.0 MB", "reading: 2.0 MB", "");
    }
}
