package dev.jeton.vectors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A few platform threads that do one job together. */
final class Workers {
    private Workers() {}

    /** A worker's share of the job. */
    interface Share {
        void run(int worker) throws IOException;
    }

    /** What the calling thread does while the others work. */
    interface Watch {
        /** Called about twice a second. */
        void tick();
    }

    static void run(int threads, Share share) throws IOException {
        run(threads, share, () -> {}, () -> {});
    }

    /**
     * Runs the job and returns when every worker has.
     *
     * @param stop asks the workers to end early: called when one failed or the calling thread was interrupted
     */
    static void run(int threads, Share share, Runnable stop, Watch watch) throws IOException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int worker = i;
            workers.add(Thread.ofPlatform()
                    .daemon()
                    .name("jeton-vectors-" + worker)
                    .start(() -> {
                        try {
                            share.run(worker);
                        } catch (IOException | RuntimeException | Error e) {
                            failure.compareAndSet(null, e);
                            stop.run();
                        }
                    }));
        }
        boolean interrupted = join(workers, stop, watch);
        switch (failure.get()) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new AssertionError(e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("interrupted");
        }
    }

    private static boolean join(List<Thread> workers, Runnable stop, Watch watch) {
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                try {
                    if (!worker.join(java.time.Duration.ofMillis(500))) {
                        watch.tick();
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                    stop.run();
                }
            }
        }
        return interrupted;
    }
}
