package dev.jeton.bench.torch;

import dev.jeton.torch.LibTorch;
import java.io.IOException;

/**
 * A process that does no more than begin to train, as {@code peers/torch_first_step.py} does: prints {@code step} after the
 * first training step, then how many kibibytes twenty of them took beyond what the started library had.
 */
public final class FirstStep {
    private static final int STEPS = 20;

    private FirstStep() {}

    /** Trains a case such as {@code mlp-fp32}. */
    public static void main(String... arguments) throws IOException {
        LibTorch.load();
        long bare = Resident.now();
        Runnable step = Steps.ofCase(arguments[0]);
        step.run();
        System.out.println("step");
        for (int i = 1; i < STEPS; i++) {
            step.run();
        }
        System.out.println("peak " + (Resident.peak() - bare));
    }
}
