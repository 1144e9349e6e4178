package dev.jeton.cli;

import dev.jeton.cli.output.StandardOutput;
import dev.jeton.cli.tokenizer.TokenizerCommand;
import dev.jeton.cli.vectors.VectorsCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
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
        usageHelpAutoWidth = true)
public final class Jeton {
    static final String VERSION = "0.1.0";

    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            TrainCommand.class,
            SampleCommand.class,
            EvaluateCommand.class,
            ReconstructCommand.class,
            InterpolateCommand.class,
            EncodeCommand.class,
            DecodeCommand.class,
            TokenizerCommand.class,
            VectorsCommand.class,
            InspectCommand.class,
            DoctorCommand.class,
            GenerateCompletion.class,
            HelpCommand.class);

    @Option(
            names = "--debug",
            description = "Print the stack trace of a mistake.",
            scope = ScopeType.INHERIT,
            order = 1000)
    boolean debug;

    /** Runs a command and ends the process with its exit code: 0, 2 for the user's mistakes, 1 for Jeton's own. */
    public static void main(String... arguments) {
        System.exit(run(new StandardOutput(), new PrintWriter(System.err, true, StandardCharsets.UTF_8), arguments));
    }

    /** Runs a command with its output going where the caller wants it. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Jeton jeton = new Jeton();
        CommandLine line = new CommandLine(jeton);
        addCommands(line, arguments);
        line.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> Failures.report(e, command, jeton.debug))
                .setParameterExceptionHandler(Failures::reportUsage);
        return line.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    }

    /**
     * Adds the command that is called, and of the others no more than a list of commands shows: reading the options of all
     * would take longer than everything else that help does.
     */
    private static void addCommands(CommandLine line, String[] arguments) {
        String called = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .orElse("");
        boolean all = called.equals("help") || called.equals("generate-completion");
        for (Class<?> type : COMMANDS) {
            Command described = type.getAnnotation(Command.class);
            if (all || described.name().equals(called)) {
                line.addSubcommand(described.name(), type);
            } else {
                CommandSpec listed = CommandSpec.create();
                listed.usageMessage()
                        .header(described.header())
                        .description(described.description())
                        .hidden(described.hidden());
                line.addSubcommand(described.name(), listed);
            }
        }
    }
}
