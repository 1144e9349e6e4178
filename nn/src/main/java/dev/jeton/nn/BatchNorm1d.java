package dev.jeton.nn;

/**
 * Shifts and scales each channel of {@code [B, C]} or {@code [B, C, T]} to mean 0 and variance 1 over the batch and all
 * positions, then by {@code weight} and {@code bias} (Ioffe and Szegedy, 2015, arXiv 1502.03167). In training it uses the
 * batch's own statistics and moves {@code running_mean} and {@code running_var} a tenth of the way towards them; otherwise
 * it uses those.
 */
public final class BatchNorm1d extends BatchNorm {
    private BatchNorm1d(long channels) {
        super(channels);
    }

    /** Returns a layer for so many channels. */
    public static BatchNorm1d of(long channels) {
        return new BatchNorm1d(channels);
    }

    @Override
    boolean takes(int rank) {
        return rank == 2 || rank == 3;
    }
}
