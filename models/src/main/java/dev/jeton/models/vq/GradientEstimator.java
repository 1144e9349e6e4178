package dev.jeton.models.vq;

import dev.jeton.torch.Tensor;

/** How gradients pass the choice of a code, which has none of its own. */
public enum GradientEstimator {
    /** The vector gets its code's gradient as it is (VQ-VAE, arXiv 1711.00937). */
    STRAIGHT_THROUGH {
        @Override
        Tensor through(Tensor z, Tensor chosen) {
            return z.sub(z.detach()).add(chosen.detach());
        }
    },
    /**
     * The vector gets its code's gradient turned and scaled back as the vector would have to be turned and scaled to
     * become the code, so that angles between gradient and vector stay (rotation trick, arXiv 2410.06424).
     */
    ROTATION {
        @Override
        Tensor through(Tensor z, Tensor chosen) {
            Tensor from = z.detach();
            Tensor to = chosen.detach();
            Tensor fromLength = from.norm(true, -1).clampMin(LEAST_LENGTH);
            Tensor toLength = to.norm(true, -1);
            Tensor u = from.div(fromLength);
            Tensor v = to.div(toLength.clampMin(LEAST_LENGTH));
            Tensor between = Vectors.unit(u.add(v));
            // Householder's: R z = z - 2 (z · m) m + 2 (z · u) v, with m half way between u and v
            Tensor mirrored = z.mul(between).sum(true, -1).mul(-2).mul(between);
            Tensor turned = z.mul(u).sum(true, -1).mul(2).mul(v);
            return z.add(mirrored).add(turned).mul(toLength.div(fromLength));
        }
    };

    private static final double LEAST_LENGTH = 1e-6;

    /** Returns the chosen vectors {@code [N, E]}, connected with those they were chosen for. */
    abstract Tensor through(Tensor z, Tensor chosen);
}
