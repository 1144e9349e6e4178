package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/** Normalisation of each channel over the batch. */
final class BatchNorm {
    private static final Operator FORWARD = Operator.of("native_batch_norm");
    private static final Operator BACKWARD = Operator.of("native_batch_norm_backward");

    private BatchNorm() {}

    static Tensor of(Tensor x, Statistics statistics, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        Affine.checkChannels("batchNorm", x);
        Affine.check("batchNorm", x, Shape.of(x.size(1)), weight, bias);
        return switch (statistics) {
            case Statistics.OfBatch() -> of(x, true, null, null, 0, weight, bias, epsilon);
            case Statistics.Tracked(Tensor mean, Tensor variance, double momentum) -> {
                Tensor y = of(x, true, mean, variance, momentum, weight, bias, epsilon);
                mean.changed();
                variance.changed();
                yield y;
            }
            case Statistics.Given(Tensor mean, Tensor variance) ->
                of(x, false, mean, variance, 0, weight, bias, epsilon);
        };
    }

    private static Tensor of(
            Tensor x,
            boolean training,
            @Nullable Tensor mean,
            @Nullable Tensor variance,
            double momentum,
            @Nullable Tensor weight,
            @Nullable Tensor bias,
            double epsilon) {
        check(x, training, mean, variance);
        Tensor[] results = FORWARD.call()
                .tensor(x)
                .tensorOrNone(weight)
                .tensorOrNone(bias)
                .tensorOrNone(mean)
                .tensorOrNone(variance)
                .flag(training)
                .real(momentum)
                .real(epsilon)
                .all(3);
        Tensor y = results[0].like(x);
        Tensor[] operands = Affine.operands(x, weight, bias);
        if (!Tape.records(operands)) {
            return y;
        }
        return new Node("batchNorm", y, operands) {
            private final Tensor input = save(x);
            // of the batch's own statistics libtorch returns mean and 1/deviation; given ones are used as they are
            private final @Nullable Tensor usedMean = training ? save(results[1]) : saved(mean);
            private final @Nullable Tensor spread = training ? save(results[2]) : saved(variance);
            private final @Nullable Tensor scale = saved(weight);

            private @Nullable Tensor saved(@Nullable Tensor tensor) {
                return tensor == null ? null : save(tensor);
            }

            @Override
            void gradients(Tensor g, @Nullable Tensor[] into) {
                if (Context.current().recording) {
                    differentiable(g, into);
                    return;
                }
                @Nullable
                Tensor[] found = BACKWARD.call()
                        .tensor(g)
                        .tensor(input)
                        .tensorOrNone(scale)
                        .tensorOrNone(training ? null : usedMean)
                        .tensorOrNone(training ? null : spread)
                        .tensorOrNone(training ? usedMean : null)
                        .tensorOrNone(training ? spread : null)
                        .flag(training)
                        .real(epsilon)
                        .flags(needs(0), into.length > 1 && needs(1), into.length > 2 && needs(2))
                        .several(3);
                System.arraycopy(found, 0, into, 0, into.length);
            }

            private void differentiable(Tensor g, @Nullable Tensor[] into) {
                int[] others = Affine.allButChannels(g.rank());
                Tensor scaled = scale == null ? g : g.mul(Affine.overChannels(scale, g.rank()));
                Tensor elements;
                if (training) {
                    Standardised standard = Standardised.of(input, true, epsilon, others);
                    elements = standard.elements();
                    into[0] = standard.gradient(scaled);
                } else {
                    Tensor centre = Affine.overChannels(java.util.Objects.requireNonNull(usedMean), g.rank());
                    Tensor rate = Affine.overChannels(java.util.Objects.requireNonNull(spread), g.rank())
                            .add(epsilon)
                            .rsqrt();
                    elements = input.sub(centre).mul(rate);
                    into[0] = scaled.mul(rate);
                }
                if (into.length > 1) {
                    into[1] = g.mul(elements).sum(false, others);
                }
                if (into.length > 2) {
                    into[2] = g.sum(false, others);
                }
            }
        }.result();
    }

    private static void check(Tensor x, boolean training, @Nullable Tensor mean, @Nullable Tensor variance) {
        Shape channels = Shape.of(x.size(1));
        Check.alike("batchNorm", x, mean, variance);
        Check.shape("batchNorm", "the running mean", channels, mean);
        Check.shape("batchNorm", "the running variance", channels, variance);
        if (training && x.elements() == x.size(1)) {
            throw new ShapeException("batchNorm: a variance needs more than one element a channel: input " + x.shape()
                    + "; normalise by Statistics.Given outside training");
        }
    }
}
