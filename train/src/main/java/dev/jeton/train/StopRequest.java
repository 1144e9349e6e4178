package dev.jeton.train;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Listens for the end of the process, such as Ctrl-C or a cluster's SIGTERM, and holds it up until the run has saved what
 * it has. The process then ends with the exit code of the signal: 130 or 143.
 */
final class StopRequest implements AutoCloseable {
    /** How long the process waits for the step in hand and its checkpoint; a save that is cut off harms nothing. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final CountDownLatch saved = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "jeton-save-before-exit");
    private volatile boolean requested;

    private StopRequest() {}

    static StopRequest listen() {
        StopRequest request = new StopRequest();
        Runtime.getRuntime().addShutdownHook(request.hook);
        return request;
    }

    private void stop() {
        requested = true;
        try {
            boolean _ = saved.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the run is to stop after this step. Interrupting the training thread asks for the same. */
    boolean isRequested() {
        return requested || Thread.currentThread().isInterrupted();
    }

    /** Says that all is saved. */
    @Override
    public void close() {
        saved.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the process began to end just now
            }
        }
    }
}
