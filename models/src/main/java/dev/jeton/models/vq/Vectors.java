package dev.jeton.models.vq;

import dev.jeton.torch.Device;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Rows of matrices as vectors. */
final class Vectors {
    /** How many distances are computed at a time on the CPU: 4 MiB of them stay in its caches until the least is found. */
    private static final long BLOCK = 1 << 20;

    private Vectors() {}

    /** Returns vectors of length 1 in the same directions; those of almost no length stay short. */
    static Tensor unit(Tensor vectors) {
        return vectors.div(vectors.norm(true, -1).clampMin(1e-12));
    }

    /**
     * Returns for each vector {@code z [N, E]} which row of the codebook {@code [Q, E]} is nearest, the first of equally
     * near ones: {@code [N]}. No gradient flows.
     */
    static Tensor nearest(Tensor z, Tensor codebook) {
        Tensor vectors = z.detach();
        Tensor codes = codebook.detach();
        // |z - e|² = |z|² + |e|² - 2 z · e, where |z|² is the same for all codes
        Tensor doubled = codes.mul(-2);
        Tensor squares = codes.square().sum(-1);
        long rows = vectors.size(0);
        long step = vectors.device().equals(Device.CPU) ? Math.max(1, BLOCK / codes.size(0)) : rows;
        if (rows <= step) {
            return vectors.linear(doubled, squares).argmin(-1);
        }
        List<Tensor> blocks = new ArrayList<>();
        for (long from = 0; from < rows; from += step) {
            try (Scope block = Scope.open()) {
                Tensor part = vectors.narrow(0, from, Math.min(step, rows - from));
                blocks.add(block.keep(part.linear(doubled, squares).argmin(-1)));
            }
        }
        return Tensor.cat(blocks, 0);
    }
}
