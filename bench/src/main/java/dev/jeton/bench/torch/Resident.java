package dev.jeton.bench.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process's resident set as Linux counts it, in kibibytes. */
final class Resident {
    private Resident() {}

    static long now() throws IOException {
        return read("VmRSS:");
    }

    static long peak() throws IOException {
        return read("VmHWM:");
    }

    private static long read(String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("/proc/self/status has no " + name);
    }
}
