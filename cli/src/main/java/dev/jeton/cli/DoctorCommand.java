package dev.jeton.cli;

import dev.jeton.torch.LibTorch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jeton doctor}: what Jeton found on this machine and uses. */
@Command(name = "doctor", description = "Say what this machine offers, what is used, and why.")
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        out.println("JDK        " + Runtime.version() + "  " + System.getProperty("java.home"));
        out.println("libtorch   " + LibTorch.version() + "  " + LibTorch.folder());
        return 0;
    }
}
