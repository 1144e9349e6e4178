package dev.jeton.cli;

import dev.jeton.nn.Safetensors;
import dev.jeton.train.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code jeton inspect}: what a model or run folder holds. Only headers are read. */
@Command(
        name = "inspect",
        description = "Say what a model or run folder holds.",
        footer = {"", "Examples:", "  jeton inspect runs/mosaic", "  jeton inspect runs/mosaic --json"})
final class InspectCommand implements Callable<Integer> {
    private record Stored(String name, String dtype, long[] shape, long numbers, long bytes) {}

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "A run folder, or any folder with config.json and safetensors.")
    private Path folder = Path.of(".");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        if (!Files.isDirectory(folder)) {
            throw new UsageException(folder + ": no such folder");
        }
        boolean configured = Files.exists(folder.resolve("config.json"));
        boolean weighted = Files.exists(weights());
        if (!configured && !weighted) {
            throw new UsageException(folder + ": neither config.json nor model.safetensors");
        }
        Map<String, Object> config = configured ? RunFolder.at(folder).config() : Map.of();
        List<Stored> tensors = weighted ? tensors() : List.of();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            printJson(out, config, tensors);
        } else {
            print(out, "", config);
            print(out, tensors);
        }
        return 0;
    }

    private Path weights() {
        Path index = folder.resolve("model.safetensors.index.json");
        return Files.exists(index) ? index : folder.resolve("model.safetensors");
    }

    private List<Stored> tensors() {
        try (Safetensors file = Safetensors.open(weights())) {
            return file.names().stream()
                    .map(name -> {
                        var shape = file.shape(name);
                        var dtype = file.dtype(name);
                        long numbers = shape.elements();
                        return new Stored(name, dtype.toString(), shape.sizes(), numbers, numbers * dtype.bytes());
                    })
                    .toList();
        }
    }

    private static void printJson(PrintWriter out, Map<String, Object> config, List<Stored> tensors) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("config", config);
        all.put("tensors", tensors);
        all.put("numbers", tensors.stream().mapToLong(Stored::numbers).sum());
        all.put("bytes", tensors.stream().mapToLong(Stored::bytes).sum());
        out.println(JsonMapper.shared().writeValueAsString(all));
    }

    private static void print(PrintWriter out, String indent, Map<?, ?> config) {
        config.forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested) {
                out.println(indent + name);
                print(out, indent + "  ", nested);
            } else {
                out.println("%s%-24s %s".formatted(indent, name, value));
            }
        });
    }

    private static void print(PrintWriter out, List<Stored> tensors) {
        for (Stored tensor : tensors) {
            out.println("%-48s %-9s %s".formatted(tensor.name(), tensor.dtype(), Arrays.toString(tensor.shape())));
        }
        if (!tensors.isEmpty()) {
            long numbers = tensors.stream().mapToLong(Stored::numbers).sum();
            long bytes = tensors.stream().mapToLong(Stored::bytes).sum();
            out.println(String.format(
                    Locale.ROOT, "%,d tensors, %,d numbers, %,.1f MB", tensors.size(), numbers, bytes / 1e6));
        }
    }
}
