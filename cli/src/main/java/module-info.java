import org.jspecify.annotations.NullMarked;

/** The {@code jeton} command: nothing but arguments, progress and printing. */
@NullMarked
module dev.jeton.cli {
    requires static org.jspecify;
    requires dev.jeton.models;
    requires dev.jeton.text;
    requires dev.jeton.vectors;
    requires info.picocli;
    requires tools.jackson.databind;

    opens dev.jeton.cli to
            info.picocli,
            tools.jackson.databind; // what --json prints
    opens dev.jeton.cli.tokenizer to
            info.picocli;
    opens dev.jeton.cli.vectors to
            info.picocli;
}
