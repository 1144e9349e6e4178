package dev.jeton.cli;

import dev.jeton.data.DataException;
import dev.jeton.nn.CheckpointException;
import dev.jeton.torch.LibTorchException;
import dev.jeton.train.TrainingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is printed when a command fails, and the exit code. */
final class Failures {
    /** The user's mistake. */
    static final int USER = 2;

    /** Jeton's own. */
    static final int OURS = 1;

    private Failures() {}

    /** One clear line; the stack trace only when asked for. */
    static int report(Exception e, CommandLine command, boolean debug) {
        boolean users = isUsers(e);
        command.getErr()
                .println("jeton: " + (users ? "" : "internal error: ") + message(e)
                        + (users || debug ? "" : " (run again with --debug for the stack trace)"));
        if (debug) {
            e.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return users ? USER : OURS;
    }

    /** One clear line that says where the rules are. */
    static int reportUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println("jeton: " + usageMessage(e, command) + "; see '" + name + " --help'");
        if (List.of(arguments).contains("--debug")) {
            e.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return USER;
    }

    private static String usageMessage(ParameterException e, CommandLine command) {
        boolean group = !command.getSubcommands().isEmpty();
        if (e instanceof UnmatchedArgumentException unmatched) {
            String kind = unmatched.isUnknownOption() ? "option" : group ? "command" : "argument";
            List<String> similar = unmatched.getSuggestions();
            return "unknown " + kind + " '" + unmatched.getUnmatched().getFirst() + "'"
                    + (similar.isEmpty() ? "" : ": did you mean " + String.join(" or ", similar) + "?");
        }
        if (group && e.getClass() == ParameterException.class) { // what picocli throws where no sub-command is named
            return command.getCommandName() + ": say what: "
                    + String.join(", ", command.getSubcommands().keySet());
        }
        return String.valueOf(e.getMessage()).replaceAll("\\R\\s*", " ");
    }

    /** Whether the mistake lies in what the user gave: arguments, files, an unfit machine. */
    private static boolean isUsers(Throwable e) {
        return e instanceof IllegalArgumentException
                || e instanceof UsageException
                || e instanceof IOException
                || e instanceof UncheckedIOException
                || e instanceof LibTorchException
                || e instanceof DataException
                || e instanceof CheckpointException
                || e instanceof TrainingException;
    }

    private static String message(Throwable e) {
        return switch (e) {
            case UncheckedIOException wrapped
            when wrapped.getCause() instanceof FileSystemException cause -> message(cause);
            case NoSuchFileException missing -> "no such file or folder: " + missing.getFile();
            case FileAlreadyExistsException there -> "already exists: " + there.getFile();
            case AccessDeniedException denied -> "permission denied: " + denied.getFile();
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }
}
