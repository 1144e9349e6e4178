package dev.jeton.cli.tokenizer;

import dev.jeton.cli.UsageException;
import dev.jeton.cli.output.JsonText;
import dev.jeton.text.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jeton tokenizer compare}. */
@Command(
        name = "compare",
        description = "Set tokenizers side by side on a text: how many tokens each needs, by script too.",
        footer = {
            "",
            "Special tokens are left out. Words are what lies between white space.",
            "",
            "Examples:",
            "  jeton tokenizer compare gpt2 cl100k_base.tiktoken --file story.txt",
            "  jeton tokenizer compare gpt2 my-tokenizer --text \"How is this cut?\" --json"
        })
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "TOKENIZER", description = Input.TOKENIZER)
    private List<Path> paths = List.of();

    @Option(names = "--text", paramLabel = "TEXT", description = "The text.")
    private @Nullable String text;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "A file that holds the text; - for standard input, the default.")
    private @Nullable Path file;

    @Option(names = "--json", description = "Print JSON, a line for each tokenizer and script.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (text != null && file != null) {
            throw new UsageException("compare: --text and --file exclude each other");
        }
        String given = text != null ? text : Input.file(file == null ? Path.of("-") : file);
        var all = new ArrayList<TokenStatistics>();
        for (Path path : paths) {
            all.add(TokenStatistics.of(path.toString(), Tokenizer.load(path), given));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            all.forEach(one -> one.byScript().forEach((script, part) -> out.print(line(one.name(), script, part))));
        } else {
            print(out, all);
        }
        out.flush();
        return 0;
    }

    private static String line(String name, String script, TokenStatistics.Part part) {
        var line = new JsonText().name("tokenizer").value(name).name("script").value(script);
        line.name("tokens").value(part.tokens());
        line.name("characters").value(part.characters());
        line.name("bytes").value(part.bytes());
        if (part.words() > 0) {
            line.name("words").value(part.words());
            line.name("tokens_per_word").value(ratio(part.tokens(), part.words()));
        }
        line.name("tokens_per_character").value(ratio(part.tokens(), part.characters()));
        line.name("bytes_per_token").value(ratio(part.bytes(), part.tokens()));
        return line.end().toString();
    }

    private static double ratio(long a, long b) {
        return b == 0 ? 0 : (double) a / b;
    }

    private static void print(PrintWriter out, List<TokenStatistics> all) {
        int width = all.stream().mapToInt(one -> one.name().length()).max().orElse(0);
        String row = "%-" + Math.max(9, width) + "s  %-12s %10s %11s %11s %11s%n";
        out.printf(row, "tokenizer", "script", "tokens", "tokens/word", "tokens/char", "bytes/token");
        for (String script : all.getFirst().byScript().keySet()) {
            for (TokenStatistics one : all) {
                TokenStatistics.Part part = one.byScript().getOrDefault(script, new TokenStatistics.Part(0, 0, 0, 0));
                out.printf(
                        row,
                        one.name(),
                        script,
                        "%,d".formatted(part.tokens()),
                        part.words() == 0 ? "" : "%.3f".formatted(ratio(part.tokens(), part.words())),
                        "%.3f".formatted(ratio(part.tokens(), part.characters())),
                        "%.3f".formatted(ratio(part.bytes(), part.tokens())));
            }
        }
    }
}
