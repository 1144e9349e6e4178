package dev.jeton.torch;

import org.jspecify.annotations.Nullable;

/** Normalisation of each group of channels of each sample. */
final class GroupNorm {
    private static final Operator FORWARD = Operator.of("native_group_norm");
    private static final Operator BACKWARD = Operator.of("native_group_norm_backward");

    private GroupNorm() {}

    static Tensor of(
            String operator, Tensor input, int groups, @Nullable Tensor scale, @Nullable Tensor shift, double epsilon) {
        Affine.checkChannels(operator, input);
        long samples = input.size(0);
        long channels = input.size(1);
        if (groups < 1 || channels % groups != 0) {
            throw new ShapeException(
                    operator + ": channels must be divisible by groups: input " + input.shape() + ", groups " + groups);
        }
        Affine.check(operator, input, Shape.of(channels), scale, shift);
        Tensor x = input.contiguous(); // the kernels read all three as if they were
        Tensor weight = scale == null ? null : scale.contiguous();
        Tensor bias = shift == null ? null : shift.contiguous();
        long places = x.elements() / Math.max(1, samples * channels);
        Tensor[] results = FORWARD.call()
                .tensor(x)
                .tensorOrNone(weight)
                .tensorOrNone(bias)
                .integer(samples)
                .integer(channels)
                .integer(places)
                .integer(groups)
                .real(epsilon)
                .all(3);
        Tensor y = results[0].like(x);
        Tensor[] operands = Affine.operands(x, weight, bias);
        if (!Tape.records(operands)) {
            return y;
        }
        return new Node(operator, y, operands) {
            private final Tensor saved = save(x);
            private final Tensor mean = save(results[1]);
            private final Tensor rate = save(results[2]);
            private final @Nullable Tensor savedWeight = weight == null ? null : save(weight);

            @Override
            void gradients(Tensor g, @Nullable Tensor[] into) {
                if (Context.current().recording) {
                    differentiable(g, into);
                    return;
                }
                @Nullable
                Tensor[] found = BACKWARD.call()
                        .tensor(g.contiguous())
                        .tensor(saved)
                        .tensor(mean)
                        .tensor(rate)
                        .tensorOrNone(savedWeight)
                        .integer(samples)
                        .integer(channels)
                        .integer(places)
                        .integer(groups)
                        .flags(needs(0), into.length > 1 && needs(1), into.length > 2 && needs(2))
                        .several(3);
                System.arraycopy(found, 0, into, 0, into.length);
            }

            private void differentiable(Tensor g, @Nullable Tensor[] into) {
                Shape shape = saved.shape();
                Shape rows = Shape.of(samples, groups, channels / groups * places);
                Standardised standard = Standardised.of(saved.reshape(rows), true, epsilon, 2);
                Tensor scaled = savedWeight == null ? g : g.mul(Affine.overChannels(savedWeight, g.rank()));
                into[0] = standard.gradient(scaled.reshape(rows)).reshape(shape);
                int[] others = Affine.allButChannels(g.rank());
                if (into.length > 1) {
                    into[1] = g.mul(standard.elements().reshape(shape)).sum(false, others);
                }
                if (into.length > 2) {
                    into[2] = g.sum(false, others);
                }
            }
        }.result();
    }
}
