package dev.jeton.cli.tokenizer;

import dev.jeton.cli.output.JsonText;
import dev.jeton.text.Tokenizer;
import dev.jeton.text.TokenizerFormat;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jeton tokenizer convert}. */
@Command(
        name = "convert",
        description = "Save a tokenizer in another format, which the new name says.",
        footer = {
            "",
            "A name that ends in .tiktoken is a rank file, in .model a SentencePiece model,",
            "in .txt BERT's vocabulary, in .json GPT-2's with merges.txt beside it; any other",
            "is a folder with a tokenizer.json.",
            "",
            "Examples:",
            "  jeton tokenizer convert gpt2.tiktoken my-gpt2/",
            "  jeton tokenizer convert uni uni.model"
        })
final class ConvertCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TokenizerArgument tokenizerArgument = new TokenizerArgument();

    @Parameters(index = "1", paramLabel = "TO", description = "The file or folder to write.")
    private Path to = Path.of("");

    @Option(names = "--to", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; else what the name says.")
    private @Nullable TokenizerFormat format;

    @Mixin
    private Target target = new Target();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Tokenizer tokenizer = tokenizerArgument.load();
        TokenizerFormat chosen = format == null ? TokenizerFormat.ofName(to) : format;
        target.check(to, chosen == TokenizerFormat.HUGGING_FACE);
        tokenizer.save(to, chosen);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(new JsonText()
                    .name("path")
                    .value(to.toString())
                    .name("format")
                    .value(chosen.toString())
                    .name("size")
                    .value(tokenizer.vocabularySize())
                    .end());
        } else {
            out.printf("%s: %,d tokens (%s)%n", to, tokenizer.vocabularySize(), chosen);
        }
        return 0;
    }
}
