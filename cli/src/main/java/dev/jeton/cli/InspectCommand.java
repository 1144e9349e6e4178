package dev.jeton.cli;

import dev.jeton.nn.Safetensors;
import dev.jeton.train.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jeton inspect}: what a model or run folder holds. Only headers are read. */
@Command(
        name = "inspect",
        description = "Say what a model or run folder holds.",
        footer = {"", "Example:", "  jeton inspect runs/mosaic"})
final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "A run folder, or any folder with config.json and safetensors.")
    private Path folder = Path.of(".");

    @Option(names = "--json", description = "Print JSON, a line for each tensor.")
    private boolean json;

    @Override
    public Integer call() {
        if (!Files.isDirectory(folder)) {
            throw new UsageException(folder + ": no such folder");
        }
        boolean configured = Files.exists(folder.resolve("config.json"));
        PrintWriter out = spec.commandLine().getOut();
        if (configured && !json) {
            print(out, "", RunFolder.at(folder).config());
        }
        Path weights = weights();
        if (Files.exists(weights)) {
            tensors(out, weights);
        } else if (!configured) {
            throw new UsageException(folder + ": neither config.json nor model.safetensors");
        }
        return 0;
    }

    private Path weights() {
        Path index = folder.resolve("model.safetensors.index.json");
        return Files.exists(index) ? index : folder.resolve("model.safetensors");
    }

    private static void print(PrintWriter out, String indent, Map<?, ?> config) {
        config.forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested) {
                out.println(indent + name);
                print(out, indent + "  ", nested);
            } else {
                out.printf("%s%-24s %s%n", indent, name, value);
            }
        });
    }

    private void tensors(PrintWriter out, Path weights) {
        long numbers = 0;
        long bytes = 0;
        try (Safetensors file = Safetensors.open(weights)) {
            for (String name : file.names()) {
                var shape = file.shape(name);
                var dtype = file.dtype(name);
                numbers += shape.elements();
                bytes += shape.elements() * dtype.bytes();
                if (json) {
                    out.printf(
                            "{\"name\":\"%s\",\"dtype\":\"%s\",\"shape\":%s}%n",
                            name.replace("\\", "\\\\").replace("\"", "\\\""), dtype, shape);
                } else {
                    out.printf("%-48s %-9s %s%n", name, dtype, shape);
                }
            }
            if (!json) {
                out.printf("%,d tensors, %,d numbers, %,.1f MB%n", file.names().size(), numbers, bytes / 1e6);
            }
        }
    }
}
