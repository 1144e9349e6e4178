package dev.jeton.cli.tokenizer;

import dev.jeton.cli.output.JsonText;
import dev.jeton.cli.output.OutputFile;
import dev.jeton.text.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jeton tokenizer show}. */
@Command(
        name = "show",
        description = "Show how a text is cut: in colours at a terminal, as a table elsewhere, or as a page.",
        footer = {
            "",
            "Examples:",
            "  jeton tokenizer show my-tokenizer \"How is this cut?\"",
            "  jeton tokenizer show my-tokenizer - --html cut.html < story.txt"
        })
final class ShowCommand implements Callable<Integer> {
    private static final int[] BACKGROUNDS = {153, 157, 223, 218, 189};

    @Spec
    private CommandSpec spec;

    @Mixin
    private TokenizerArgument tokenizerArgument = new TokenizerArgument();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TEXT",
            description = "The text; - for standard input, the default.")
    private @Nullable String text;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page: text in colours, ids, bytes; - for standard output.")
    private @Nullable Path html;

    @Option(names = "--color", paramLabel = "WHEN", description = "${COMPLETION-CANDIDATES} (default: auto).")
    private When color = When.AUTO;

    @Mixin
    private SpecialTokensOption specialTokens = new SpecialTokensOption();

    @Option(names = "--json", description = "Print JSON, a line for each token.")
    private boolean json;

    /** When there are colours. */
    enum When {
        ALWAYS,
        AUTO,
        NEVER;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Override
    public Integer call() throws IOException {
        Tokenizer tokenizer = tokenizerArgument.load();
        String given = Input.text(text);
        List<Piece> pieces = Piece.of(tokenizer, given, specialTokens.options());
        PrintWriter out = spec.commandLine().getOut();
        if (html != null) {
            String page = Page.of(tokenizerArgument.path().toString(), pieces, given);
            if (html.toString().equals("-")) {
                out.print(page);
            } else {
                OutputFile.write(html, page.getBytes(StandardCharsets.UTF_8));
                out.println(html + ": " + pieces.size() + " tokens");
            }
        } else if (json) {
            pieces.forEach(piece -> out.print(line(piece)));
        } else if (color == When.ALWAYS || (color == When.AUTO && Ansi.AUTO.enabled())) {
            colours(out, pieces, given);
        } else {
            table(out, pieces);
        }
        out.flush();
        return 0;
    }

    private static String line(Piece piece) {
        int[] bytes = new int[piece.bytes().length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = piece.bytes()[i] & 0xFF;
        }
        return new JsonText()
                .name("id")
                .value(piece.id())
                .name("token")
                .value(piece.token())
                .name("text")
                .value(piece.text())
                .name("bytes")
                .value(bytes)
                .name("special")
                .value(piece.special())
                .end()
                .toString();
    }

    private static void colours(PrintWriter out, List<Piece> pieces, String text) {
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            String colour = piece.special() ? "\033[7m" : "\033[30;48;5;" + BACKGROUNDS[i % BACKGROUNDS.length] + "m";
            // a background that goes on to the end of the line would colour the rest of the screen
            String shown = visible(piece.text()).replace("\n", "↵\033[0m\n" + colour);
            out.print(colour + shown + "\033[0m");
        }
        out.println();
        out.printf("%,d tokens, %,d characters%n", pieces.size(), text.codePointCount(0, text.length()));
    }

    /** Without the control characters that would do something to the terminal. */
    private static String visible(String text) {
        var result = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point == '\n' || !Character.isISOControl(point)) {
                result.appendCodePoint(point);
            } else {
                result.append(point == '\t' ? "→\t" : "\\x%02X".formatted(point));
            }
        });
        return result.toString();
    }

    private static void table(PrintWriter out, List<Piece> pieces) {
        out.printf("%8s  %-24s %s%n", "id", "text", "token");
        for (Piece piece : pieces) {
            out.printf("%8d  %-24s %s%n", piece.id(), quoted(piece.text()), piece.token());
        }
        out.printf("%,d tokens%n", pieces.size());
    }

    private static String quoted(String text) {
        return '"' + visible(text).replace("\n", "\\n").replace("→\t", "\\t") + '"';
    }
}
