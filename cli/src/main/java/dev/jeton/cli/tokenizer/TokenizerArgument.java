package dev.jeton.cli.tokenizer;

import dev.jeton.text.Tokenizer;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The tokenizer that a command works with, always the first argument. */
final class TokenizerArgument {
    @Parameters(index = "0", paramLabel = "TOKENIZER", description = Input.TOKENIZER)
    private Path path = Path.of("");

    Path path() {
        return path;
    }

    Tokenizer load() {
        return Tokenizer.load(path);
    }
}
