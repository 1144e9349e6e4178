package dev.jeton.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LongRunTest {
    /** What the JVM still compiles after a hundred steps; the heap is fixed and touched beforehand. */
    private static final long COMPILED_CODE = 24L << 20;

    @Test
    @EnabledOnOs(OS.LINUX)
    void tenThousandStepsHoldNoMoreThanTheFirstHundred(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output.txt");
        Process process = ChildProcess.of(LongRun.class)
                .withFlags("-Xms128m", "-Xmx128m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch")
                .start(output);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        List<String> lines = Files.readAllLines(output);
        assertThat(lines).as("what it printed").hasSize(3);
        String[] early = lines.get(0).split(" ");
        String[] late = lines.get(1).split(" ");
        assertThat(late[0]).as("native tensors").isEqualTo(early[0]);
        assertThat(Long.parseLong(late[1])).as("resident bytes").isLessThan(Long.parseLong(early[1]) + COMPILED_CODE);
        assertThat(lines.get(2))
                .as("tensors left beside the optimizer's memory")
                .isEqualTo("0");
    }
}
