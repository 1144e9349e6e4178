package dev.jeton.models.vq;

import dev.jeton.torch.DType;
import dev.jeton.torch.Generator;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;

/**
 * Vectors by the code they chose.
 *
 * @param sums {@code [Q, E]}, the sum of each code's vectors
 * @param counts {@code [Q]}, how many they are
 */
record Clusters(Tensor sums, Tensor counts) {
    /** Returns what chose each code: {@code indices [N]} of {@code z [N, E]}. */
    static Clusters ofChoices(Tensor z, Tensor indices, int codes) {
        Tensor none = Tensor.full(Shape.of(codes, z.size(1)), 0, z.dtype(), z.device());
        return new Clusters(none.indexAdd(0, indices, z), counts(indices, codes, z.dtype()));
    }

    /** Returns how often each code was chosen, {@code [Q]}. */
    static Tensor counts(Tensor indices, int codes, DType dtype) {
        Tensor ones = Tensor.full(indices.shape(), 1, dtype, indices.device());
        return Tensor.full(Shape.of(codes), 0, dtype, indices.device()).indexAdd(0, indices, ones);
    }

    /**
     * Finds clusters by k-means: nearest means and means of the nearest in turn, begun at random vectors. A cluster that
     * loses all its vectors stays where it is.
     */
    static Means byKMeans(Tensor z, int codes, int rounds) {
        Tensor means = z.indexSelect(0, picks(z.size(0), codes).to(z.device()));
        Tensor counts = means.select(1, 0).onesLike();
        for (int i = 0; i < rounds; i++) {
            try (Scope round = Scope.open()) {
                Clusters nearest = ofChoices(z, Vectors.nearest(z, means), codes);
                Tensor filled = nearest.counts.gt(0).unsqueeze(1);
                Tensor average = nearest.sums.div(nearest.counts.clampMin(1).unsqueeze(1));
                means = round.keep(filled.where(average, means));
                counts = round.keep(nearest.counts);
            }
        }
        return new Means(means, counts);
    }

    /** Where clusters are and how many vectors each has. */
    record Means(Tensor means, Tensor counts) {}

    /** Returns which vectors are the first means: different ones where there are enough. */
    private static Tensor picks(long rows, int codes) {
        Generator random = Generator.standard();
        return rows >= codes ? random.randperm(rows).narrow(0, 0, codes) : random.randint(0, rows, Shape.of(codes));
    }
}
