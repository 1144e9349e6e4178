package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Holds the first and second derivatives of an operator against central differences and libtorch's autograd, in float64,
 * on inputs in row-major order and on strided ones; and sees that nothing leaks.
 *
 * <p>With y = f(x) and random r and v: L = Σ r·y is differentiated, then s = Σ v·∂L/∂x.
 */
final class GradientCheck {
    private static final double STEP = 1e-5;
    private static final double ORACLE_TOLERANCE = 1e-9;

    private final GradientRow row;
    private final List<Shape> shapes;
    private final boolean strided;
    private final String what;
    private final List<double[]> inputs = new ArrayList<>();
    private final List<double[]> directions = new ArrayList<>();
    private final double[] weights;

    private GradientCheck(GradientRow row, List<Shape> shapes, boolean strided) {
        this.row = row;
        this.shapes = shapes;
        this.strided = strided;
        long seed = row.name().hashCode() * 31L + shapes.hashCode();
        Random random = new Random(seed);
        for (Shape shape : shapes) {
            int count = Math.toIntExact(shape.elements());
            inputs.add(row.domain().draw(random, count));
            directions.add(Domain.NORMAL.draw(random, count));
        }
        this.what = row.name() + " on " + shapes + (strided ? ", strided" : "") + ", seed " + seed;
        this.weights = Domain.NORMAL.draw(random, resultSize());
    }

    /** Checks an operator on all its cases. */
    static void check(GradientRow row) {
        assertThat(row.cases()).as("cases of " + row.name()).isNotEmpty();
        for (List<Shape> shapes : row.cases()) {
            for (boolean strided : new boolean[] {false, true}) {
                new GradientCheck(row, shapes, strided).check();
            }
        }
    }

    private record Derivatives(double[] value, List<double[]> first, List<double[]> second) {}

    private void check() {
        long live = LibTorch.liveTensors();
        Derivatives ours = derivatives(inputs);
        assertThat(LibTorch.liveTensors())
                .as("tensors that live on after " + what)
                .isEqualTo(live);

        // operators may take a shorter way where their derivative is not to be differentiated again
        same("gradient that is not recorded", ORACLE_TOLERANCE, unrecorded(), ours.first);

        Formula aten = row.aten();
        if (aten != null) {
            try (var _ = Scope.open()) {
                Oracle.Derivatives theirs = Oracle.of(aten, tensors(inputs), weights, directions);
                same("value", ORACLE_TOLERANCE, List.of(ours.value), List.of(theirs.value()));
                same("gradient beside libtorch's", ORACLE_TOLERANCE, ours.first, theirs.first());
                if (row.second()) {
                    same("second derivative beside libtorch's", ORACLE_TOLERANCE, ours.second, theirs.second());
                }
            }
        }
        for (int i = 0; i < inputs.size(); i++) {
            double[] first = new double[inputs.get(i).length];
            double[] second = new double[first.length];
            for (int k = 0; k < first.length; k++) {
                Derivatives above = derivatives(moved(i, k, STEP));
                Derivatives below = derivatives(moved(i, k, -STEP));
                first[k] = (dot(weights, above.value) - dot(weights, below.value)) / (2 * STEP);
                second[k] = (along(above) - along(below)) / (2 * STEP);
            }
            String of = " by input " + i + " beside central differences";
            same("gradient" + of, row.tolerance(), List.of(ours.first.get(i)), List.of(first));
            if (row.second()) {
                same("second derivative" + of, row.tolerance(), List.of(ours.second.get(i)), List.of(second));
            }
        }
    }

    private double along(Derivatives derivatives) {
        double sum = 0;
        for (int i = 0; i < directions.size(); i++) {
            sum += dot(derivatives.first.get(i), directions.get(i));
        }
        return sum;
    }

    private List<double[]> moved(int input, int element, double step) {
        List<double[]> moved = new ArrayList<>(inputs);
        double[] values = inputs.get(input).clone();
        values[element] += step;
        moved.set(input, values);
        return moved;
    }

    /** Value, gradients and second derivatives by Jeton's tape. */
    private Derivatives derivatives(List<double[]> at) {
        try (var _ = Scope.open()) {
            Tensor[] x = tensors(at);
            for (Tensor input : x) {
                input.requiresGrad();
            }
            Tensor y = row.jeton().of(x);
            assertThat(y.isRecorded()).as(what + " is recorded").isTrue();
            Tensor loss = y.mul(Tensor.of(weights, y.shape())).sum();
            List<Tensor> gradients = Gradients.of(loss, List.of(x), row.second() ? Graph.RECORD : Graph.FREE);
            Tensor s = Tensor.scalar(0.0);
            for (int i = 0; i < x.length; i++) {
                assertThat(gradients.get(i).shape())
                        .as("shape of the gradient of " + what)
                        .isEqualTo(x[i].shape());
                s = s.add(gradients
                        .get(i)
                        .mul(Tensor.of(directions.get(i), shapes.get(i)))
                        .sum());
            }
            List<Tensor> second = row.second() && s.isRecorded()
                    ? Gradients.of(s, List.of(x), Graph.FREE)
                    : Arrays.stream(x).map(Tensor::zerosLike).toList();
            return new Derivatives(
                    y.toDoubles(),
                    gradients.stream().map(Tensor::toDoubles).toList(),
                    second.stream().map(Tensor::toDoubles).toList());
        }
    }

    /** The gradients alone, as training takes them. */
    private List<double[]> unrecorded() {
        try (var _ = Scope.open()) {
            Tensor[] x = tensors(inputs);
            for (Tensor input : x) {
                input.requiresGrad();
            }
            Tensor y = row.jeton().of(x);
            y.mul(Tensor.of(weights, y.shape())).sum().backward();
            return Arrays.stream(x)
                    .map(input -> (input.hasGrad() ? input.grad() : input.zerosLike()).toDoubles())
                    .toList();
        }
    }

    private int resultSize() {
        try (var _ = Scope.open()) {
            return Math.toIntExact(row.jeton().of(tensors(inputs)).elements());
        }
    }

    private Tensor[] tensors(List<double[]> values) {
        Tensor[] tensors = new Tensor[values.size()];
        for (int i = 0; i < tensors.length; i++) {
            Tensor plain = Tensor.of(values.get(i), shapes.get(i));
            tensors[i] = strided ? strided(plain) : plain;
        }
        return tensors;
    }

    /** Returns the same elements with dimensions in reverse order in memory and gaps between them. */
    static Tensor strided(Tensor x) {
        int rank = x.rank();
        if (rank == 0) {
            return x;
        }
        List<Long> sizes = new ArrayList<>();
        List<Long> order = new ArrayList<>();
        for (int i = rank - 1; i >= 0; i--) {
            sizes.add(x.size(i));
            order.add((long) i);
        }
        sizes.set(rank - 1, sizes.get(rank - 1) * 2);
        Tensor base = Tensor.full(Shape.of(longs(sizes)), Double.NaN, x.dtype(), x.device());
        Tensor gaps = Operator.of("slice", "Tensor")
                .call()
                .tensor(base)
                .integer(rank - 1)
                .none()
                .none()
                .integer(2)
                .view(base);
        Tensor turned = Operator.of("permute")
                .call()
                .tensor(gaps)
                .integers(longs(order))
                .view(base);
        Operator.of("copy_").call().tensor(turned).tensor(x).flag(false).inPlace(turned);
        return turned;
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private void same(String kind, double tolerance, List<double[]> ours, List<double[]> theirs) {
        assertThat(ours).as(what).hasSameSizeAs(theirs);
        for (int i = 0; i < ours.size(); i++) {
            double[] mine = ours.get(i);
            double[] other = theirs.get(i);
            assertThat(mine).as(what).hasSameSizeAs(other);
            double scale = Arrays.stream(other).map(Math::abs).max().orElse(0);
            for (int k = 0; k < mine.length; k++) {
                double difference = Math.abs(mine[k] - other[k]);
                if (mine[k] != other[k] && !(difference <= tolerance * (1 + scale))) {
                    throw new AssertionError(what + ": " + kind + ", part " + i + ", element " + k + ": "
                            + Arrays.toString(mine) + " ≠ " + Arrays.toString(other));
                }
            }
        }
    }
}
