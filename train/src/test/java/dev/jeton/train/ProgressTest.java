package dev.jeton.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.train.Progress.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void printsPlainLinesWithoutATerminal() {
        Progress progress = new LineProgress(out);
        progress.stepped(status(1));
        progress.stepped(status(2)); // too soon for another line
        progress.message("saved");
        progress.finished(status(1000));
        assertThat(printed()).isEqualTo("""
                step 1/1000  loss 0.1235  12.5 steps/s  1:20 left  512 MiB
                saved
                step 1000/1000  loss 0.1235  12.5 steps/s  1:20 left  512 MiB
                """);
    }

    @Test
    void drawsABarThatFitsALine() {
        Progress progress = new TerminalProgress(out);
        progress.stepped(status(500));
        String line = printed().replace("\r\u001b[2K", "");
        assertThat(line)
                .startsWith("▕██████████          ▏ 500/1000  loss 0.1235")
                .doesNotContain("\n");
        assertThat(line.length()).isLessThan(80);
        progress.message("saved");
        assertThat(printed()).endsWith("\r\u001b[2Ksaved\n" + line); // the bar stays below what is printed
    }

    @Test
    void writesNumbersShortly() {
        assertThat(StatusText.number(0)).isEqualTo("0");
        assertThat(StatusText.number(1.5e-5)).isEqualTo("1.50e-05");
        assertThat(StatusText.number(1234.567)).isEqualTo("1234.6");
        assertThat(StatusText.number(Double.NaN)).isEqualTo("NaN");
        assertThat(StatusText.duration(3725)).isEqualTo("1:02:05");
        assertThat(StatusText.bytes(3L << 30)).isEqualTo("3.0 GiB");
    }

    private static Status status(long step) {
        return new Status(step, 1000, 0.5, 0.12345, 12.5, 80, 512L << 20);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
