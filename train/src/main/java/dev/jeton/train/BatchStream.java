package dev.jeton.train;

/** Batches without end, one after the other. */
public interface BatchStream<B> extends AutoCloseable {
    /** Returns the next batch. */
    B next();

    /** Lets go of what serves the stream, such as threads that read ahead. */
    @Override
    void close();
}
