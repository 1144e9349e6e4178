package dev.jeton.cli;

import dev.jeton.torch.LibTorch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code jeton doctor}: what Jeton found on this machine and uses. */
@Command(
        name = "doctor",
        description = "Say what this machine offers, what is used, and why.",
        footer = {"", "Example:", "  jeton doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private static final List<String> FEATURES =
            List.of("avx2", "avx512f", "avx512_bf16", "avx512_vnni", "amx_bf16", "amx_int8");

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, String> found = new LinkedHashMap<>();
        found.put("jdk", Runtime.version() + " (" + System.getProperty("java.home") + ")");
        found.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        found.put("processor", processor());
        found.put("features", features());
        found.put("libtorch", LibTorch.version() + " (" + LibTorch.folder() + ")");
        found.put("origin", LibTorch.origin());
        found.put("products", LibTorch.products());
        found.put(
                "threads",
                LibTorch.threads() + " of " + Runtime.getRuntime().availableProcessors()
                        + " processors; JETON_THREADS or --threads sets another number");
        found.put(
                "gpu",
                LibTorch.hasCuda()
                        ? "this libtorch has CUDA: --device cuda"
                        : "none: this libtorch computes on the CPU");
        print(found);
        return 0;
    }

    private void print(Map<String, String> found) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(found));
        } else {
            found.forEach((name, value) -> out.printf("%-10s %s%n", name, value));
        }
    }

    private static String processor() {
        return cpuInfo("model name").isEmpty() ? "unknown" : cpuInfo("model name");
    }

    private static String features() {
        List<String> flags = List.of(cpuInfo("flags").split(" "));
        String known = FEATURES.stream().filter(flags::contains).collect(Collectors.joining(" "));
        return known.isEmpty() ? "none known" : known;
    }

    /** The value of a line of the processor's description, where the system has one. */
    private static String cpuInfo(String name) {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return "";
        }
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
