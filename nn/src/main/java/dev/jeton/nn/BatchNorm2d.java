package dev.jeton.nn;

/**
 * Shifts and scales each channel of pictures {@code [B, C, H, W]} to mean 0 and variance 1 over the batch and all
 * positions, then by {@code weight} and {@code bias} (Ioffe and Szegedy, 2015, arXiv 1502.03167). In training it uses the
 * batch's own statistics and moves {@code running_mean} and {@code running_var} a tenth of the way towards them; otherwise
 * it uses those.
 */
public final class BatchNorm2d extends BatchNorm {
    private BatchNorm2d(long channels) {
        super(channels);
    }

    /** Returns a layer for so many channels. */
    public static BatchNorm2d of(long channels) {
        return new BatchNorm2d(channels);
    }

    @Override
    boolean takes(int rank) {
        return rank == 4;
    }
}
