package dev.jeton.models.vq;

import dev.jeton.nn.Init;
import dev.jeton.torch.Generator;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import org.jspecify.annotations.Nullable;

/** Chooses the nearest of a codebook's vectors. */
final class VectorQuantizer extends Quantizer {
    /** The decay of the counts of codes that are learned by gradient: what revival looks at. */
    private static final double COUNT_DECAY = 0.99;

    private final Quantization.Vector how;

    /** {@code [Q, E]}: a parameter if it is learned, else a buffer. */
    private final Tensor codebook;

    /** {@code [Q, E]}: the averaged sum of the vectors that chose each code. */
    private final @Nullable Tensor sums;

    /** {@code [Q]}: how many vectors chose each code, averaged over the past. */
    private final Tensor counts;

    /** Whether the codebook has its first codes: a scalar, so that it is stored. */
    private final Tensor started;

    VectorQuantizer(Quantization.Vector how, int size) {
        super(size, how.codes());
        this.how = how;
        Tensor random = Init.normal(0, 1 / Math.sqrt(size)).make(how.codes(), size);
        Tensor first = how.metric() == Codebook.Metric.COSINE ? Vectors.unit(random) : random;
        switch (how.training()) {
            case Codebook.Averaged _ -> {
                codebook = buffer("codebook", first);
                sums = buffer("sums", first.copy());
            }
            case Codebook.Learned _ -> {
                codebook = parameter("codebook", first);
                sums = null;
            }
        }
        counts = buffer("counts", Tensor.ones(how.codes()));
        started = buffer(
                "started",
                Tensor.scalar(
                        switch (how.start()) {
                            case Codebook.Random _ -> 1L;
                            case Codebook.KMeans _ -> 0L;
                        }));
    }

    @Override
    Quantized choose(Tensor z) {
        Tensor vectors = how.metric() == Codebook.Metric.COSINE ? Vectors.unit(z) : z;
        if (isTraining() && how.start() instanceof Codebook.KMeans kMeans && started.item() == 0) {
            start(vectors, kMeans);
        }
        Tensor rows = rows();
        Tensor indices = Vectors.nearest(vectors, rows); // [N]
        Tensor chosen = rows.embedding(indices); // [N, E]
        Tensor loss = vectors.meanSquaredError(chosen.detach()).mul(how.commitment());
        if (how.training() instanceof Codebook.Learned learned) {
            loss = loss.add(chosen.meanSquaredError(vectors.detach()).mul(learned.weight()));
        }
        Tensor values = how.estimator().through(vectors, chosen);
        if (isTraining()) {
            try (var _ = Gradients.off()) {
                update(vectors.detach(), indices);
            }
        }
        return new Quantized(values, indices.unsqueeze(1), loss);
    }

    @Override
    Tensor look(Tensor indices) {
        return rows().embedding(indices.squeeze(1));
    }

    /** The codes as they are compared: learned ones leave the sphere between steps, averaged ones are put back on it. */
    private Tensor rows() {
        return how.metric() == Codebook.Metric.COSINE && how.training() instanceof Codebook.Learned
                ? Vectors.unit(codebook)
                : codebook;
    }

    // ---- what training changes
    // ---------------------------------------------------------------------------------------

    private void start(Tensor z, Codebook.KMeans kMeans) {
        try (var _ = Gradients.off()) {
            Clusters.Means clusters = Clusters.byKMeans(z.detach(), how.codes(), kMeans.rounds());
            setCodes(clusters.means(), clusters.counts().clampMin(1));
            started.fillInPlace(1);
        }
    }

    private void setCodes(Tensor codes, Tensor newCounts) {
        codebook.copyInPlace(how.metric() == Codebook.Metric.COSINE ? Vectors.unit(codes) : codes);
        counts.copyInPlace(newCounts);
        if (sums != null) {
            sums.copyInPlace(codes.mul(newCounts.unsqueeze(1)));
        }
    }

    private void update(Tensor z, Tensor indices) {
        switch (how.training()) {
            case Codebook.Averaged averaged ->
                average(Clusters.ofChoices(z, indices, how.codes()), averaged, java.util.Objects.requireNonNull(sums));
            case Codebook.Learned _ ->
                counts.lerpInPlace(Clusters.counts(indices, how.codes(), z.dtype()), 1 - COUNT_DECAY);
        }
        if (how.reviveBelow() > 0) {
            revive(z);
        }
    }

    private void average(Clusters chosen, Codebook.Averaged averaged, Tensor averagedSums) {
        counts.lerpInPlace(chosen.counts(), 1 - averaged.decay());
        averagedSums.lerpInPlace(chosen.sums(), 1 - averaged.decay());
        Tensor total = counts.sum();
        Tensor smoothed = counts.add(averaged.epsilon())
                .div(total.add(how.codes() * averaged.epsilon()))
                .mul(total); // [Q]
        Tensor means = averagedSums.div(smoothed.unsqueeze(1));
        codebook.copyInPlace(how.metric() == Codebook.Metric.COSINE ? Vectors.unit(means) : means);
    }

    /** Puts codes that hardly anybody chooses where vectors of this batch are, and gives them an average count. */
    private void revive(Tensor z) {
        Tensor mean = counts.mean();
        Tensor dead = counts.lt(mean.mul(how.reviveBelow())); // [Q]
        Tensor picks = Generator.standard().randint(0, z.size(0), Shape.of(how.codes()));
        Tensor elsewhere = z.indexSelect(0, picks.to(z.device())); // [Q, E]
        codebook.copyInPlace(dead.unsqueeze(1).where(elsewhere, codebook));
        if (sums != null) {
            sums.copyInPlace(dead.unsqueeze(1).where(elsewhere.mul(mean), sums));
        }
        counts.copyInPlace(dead.where(mean, counts));
    }
}
