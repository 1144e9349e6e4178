package dev.jeton.bench.torch;

import dev.jeton.torch.LibTorch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Jeton's side of {@link Compare}: reads lines {@code CASE REPEATS}, answers each with the time of each repeat, as
 * {@code peers/torch_steps.py} does.
 */
public final class Worker {
    private static final int MANY = 2000;

    /** Until the JVM has compiled what runs often. */
    private static final long WARM_UP_NANOS = 5_000_000_000L;

    /** A case that is ready to run, and what a second counts in its unit. */
    private record Case(Runnable work, double unitsPerSecond) {}

    private Worker() {}

    /** Serves until its input ends. */
    public static void main(String... arguments) throws IOException {
        System.out.println("Jeton on libtorch " + LibTorch.version() + " threads " + LibTorch.threads());
        Map<String, Case> ready = new HashMap<>();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.strip().split(" ", 2);
            Case found = ready.computeIfAbsent(words[0], Worker::prepare);
            StringBuilder times = new StringBuilder();
            for (int i = Integer.parseInt(words[1]); i > 0; i--) {
                long start = System.nanoTime();
                found.work().run();
                double seconds = (System.nanoTime() - start) / 1e9;
                times.append(String.format(Locale.ROOT, "%.4f ", seconds * found.unitsPerSecond()));
            }
            System.out.println(times.toString().strip());
        }
    }

    private static Case prepare(String name) {
        Case made = name.contains("-") ? new Case(Steps.ofCase(name), 1e3) : operator(name);
        long end = System.nanoTime() + WARM_UP_NANOS;
        while (System.nanoTime() < end) {
            made.work().run();
        }
        return made;
    }

    private static Case operator(String name) {
        Operators operators = new Operators();
        return switch (name) {
            case "add" -> new Case(() -> repeat(MANY, operators::add), 1e6 / MANY);
            case "tanh" -> new Case(() -> repeat(MANY, operators::tanh), 1e6 / MANY);
            case "chain" -> new Case(() -> repeat(MANY / 20, operators::chain), 1e6 * 20 / MANY);
            default -> throw new IllegalArgumentException("no case named " + name);
        };
    }

    private static void repeat(int times, Runnable work) {
        for (int i = 0; i < times; i++) {
            work.run();
        }
    }
}
