package dev.jeton.cli;

import dev.jeton.cli.vectors.VectorsCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code jeton} command itself: its sub-commands, and what a mistake looks like. */
@Command(
        name = "jeton",
        description = "Everything becomes tokens: words, pixels, screens, actions.",
        mixinStandardHelpOptions = true,
        version = "jeton " + Jeton.VERSION,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        usageHelpAutoWidth = true,
        subcommands = {
            DemoCommand.class,
            TrainCommand.class,
            SampleCommand.class,
            ReconstructCommand.class,
            InterpolateCommand.class,
            EncodeCommand.class,
            DecodeCommand.class,
            VectorsCommand.class,
            InspectCommand.class,
            DoctorCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        })
public final class Jeton {
    static final String VERSION = "0.1.0";

    @Option(
            names = "--debug",
            description = "Print the stack trace of a mistake.",
            scope = ScopeType.INHERIT,
            order = 1000)
    boolean debug;

    /** Runs a command and ends the process with its exit code: 0, 2 for the user's mistakes, 1 for Jeton's own. */
    public static void main(String... arguments) {
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments));
    }

    /** Runs a command with its output going where the caller wants it. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Jeton jeton = new Jeton();
        CommandLine line = new CommandLine(jeton)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> Failures.report(e, command, jeton.debug))
                .setParameterExceptionHandler(Failures::reportUsage);
        return line.execute(arguments);
    }
}
