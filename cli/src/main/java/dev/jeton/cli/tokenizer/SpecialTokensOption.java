package dev.jeton.cli.tokenizer;

import dev.jeton.text.EncodeOptions;
import picocli.CommandLine.Option;

/** Whether encoding adds what the tokenizer puts around a text. */
final class SpecialTokensOption {
    @Option(names = "--no-special", description = "Add no special tokens.")
    private boolean noSpecial;

    EncodeOptions options() {
        return EncodeOptions.defaults().withSpecialTokens(!noSpecial);
    }
}
