package dev.jeton.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main class of these tests in a JVM of its own. */
record ChildProcess(Class<?> main, List<String> flags, String limits) {
    static ChildProcess of(Class<?> main) {
        return new ChildProcess(main, List.of("-Xmx256m"), "");
    }

    ChildProcess withFlags(String... more) {
        return new ChildProcess(main, List.of(more), limits);
    }

    /** Runs a command of the shell before, such as {@code ulimit}. */
    ChildProcess withLimits(String shellCommand) {
        return new ChildProcess(main, flags, shellCommand);
    }

    Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (!limits.isEmpty()) {
            command.addAll(List.of("sh", "-c", limits + "; exec \"$@\"", "sh"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("OMP_NUM_THREADS", "1"); // too little work to share
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }
}
