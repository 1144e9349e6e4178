package dev.jeton.cli.tokenizer;

import dev.jeton.cli.output.JsonText;
import dev.jeton.text.EncodeOptions;
import dev.jeton.text.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jeton tokenizer count}. */
@Command(
        name = "count",
        description = "Count the tokens of files; each file is one text.",
        footer = {
            "",
            "Examples:",
            "  jeton tokenizer count my-tokenizer docs/ README.md",
            "  jeton tokenizer count my-tokenizer prompt.txt --limit 8192",
            "  cat prompt.txt | jeton tokenizer count my-tokenizer -"
        })
final class CountCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TokenizerArgument tokenizerArgument = new TokenizerArgument();

    @Parameters(
            index = "1..*",
            paramLabel = "FILE",
            description = "Files and folders; - for standard input, the default.")
    private List<Path> files = List.of();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Count no further than this: for a longer text, only say so.")
    private @Nullable Integer limit;

    @Mixin
    private SpecialTokensOption specialTokens = new SpecialTokensOption();

    @Option(names = "--json", description = "Print JSON, a line for each file.")
    private boolean json;

    private record Count(String name, OptionalInt tokens, int bytes) {}

    @Override
    public Integer call() throws IOException {
        Tokenizer tokenizer = tokenizerArgument.load();
        EncodeOptions options = specialTokens.options();
        var counts = new ArrayList<Count>();
        for (Path file : files()) {
            String text = Input.file(file);
            int most = limit == null ? Integer.MAX_VALUE : limit;
            counts.add(new Count(
                    file.toString(),
                    tokenizer.count(text, most, options),
                    text.getBytes(StandardCharsets.UTF_8).length));
        }
        print(counts);
        return 0;
    }

    private List<Path> files() throws IOException {
        var result = new ArrayList<Path>();
        for (Path root : files.isEmpty() ? List.of(Path.of("-")) : files) {
            if (!Files.isDirectory(root)) {
                result.add(root);
                continue;
            }
            try (Stream<Path> tree = Files.walk(root)) {
                tree.filter(Files::isRegularFile).sorted().forEach(result::add);
            }
        }
        return result;
    }

    private void print(List<Count> counts) {
        PrintWriter out = spec.commandLine().getOut();
        long total = 0;
        for (Count count : counts) {
            total += count.tokens.orElse(0);
            if (json) {
                var line = new JsonText().name("file").value(count.name);
                if (count.tokens.isPresent()) {
                    line.name("tokens").value(count.tokens.getAsInt());
                } else {
                    line.name("more_than").value(limit == null ? Integer.MAX_VALUE : limit);
                }
                out.print(line.name("bytes").value(count.bytes).end());
            } else if (counts.size() == 1 && count.tokens.isPresent()) {
                out.println(count.tokens.getAsInt());
            } else if (counts.size() == 1) {
                out.println("more than " + limit);
            } else {
                String shown = count.tokens.isPresent()
                        ? "%,d".formatted(count.tokens.getAsInt())
                        : "> %,d".formatted(limit == null ? Integer.MAX_VALUE : limit);
                out.printf("%14s  %s%n", shown, count.name);
            }
        }
        boolean all = counts.stream().allMatch(count -> count.tokens.isPresent());
        if (!json && counts.size() > 1 && all) {
            out.printf("%,14d  total%n", total);
        }
        out.flush();
    }
}
