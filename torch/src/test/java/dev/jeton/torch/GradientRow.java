package dev.jeton.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One operator to check: Jeton's form of it, libtorch's where there is one that can be called, and what to try it on.
 *
 * @param cases the shapes of the inputs, one list a case
 * @param second whether second derivatives are checked too
 * @param tolerance of central differences, relative to 1 + the size of the number
 */
record GradientRow(
        String name,
        Formula jeton,
        @Nullable Formula aten,
        Domain domain,
        List<List<Shape>> cases,
        boolean second,
        double tolerance) {

    static GradientRow of(String name, Formula jeton) {
        return new GradientRow(name, jeton, null, Domain.NORMAL, List.of(), true, 1e-6);
    }

    /** Names the libtorch operator with the same tensors as its only arguments. */
    GradientRow aten(String operator) {
        return aten(operator, "");
    }

    GradientRow aten(String operator, String overload) {
        Operator called = Operator.of(operator, overload);
        return aten(x -> {
            Call call = called.call();
            for (Tensor operand : x) {
                call.tensor(operand);
            }
            return call.one();
        });
    }

    GradientRow aten(Formula formula) {
        return new GradientRow(name, jeton, formula, domain, cases, second, tolerance);
    }

    GradientRow on(Domain other) {
        return new GradientRow(name, jeton, aten, other, cases, second, tolerance);
    }

    /** Adds a case: the shapes of the inputs. */
    GradientRow shapes(Shape... shapes) {
        List<List<Shape>> more = new ArrayList<>(cases);
        more.add(List.of(shapes));
        return new GradientRow(name, jeton, aten, domain, List.copyOf(more), second, tolerance);
    }

    /** Adds cases with one input: a matrix, more and fewer dimensions, none, no elements, and a random shape. */
    GradientRow unary() {
        return shapes(randomShape(new Random(name.hashCode())))
                .shapes(Shape.of(3, 4))
                .shapes(Shape.of(2, 1, 3))
                .shapes(Shape.of())
                .shapes(Shape.of(0, 3));
    }

    /** Adds cases with two inputs, equal in shape, broadcast in every way, and at random. */
    GradientRow binary() {
        Random random = new Random(name.hashCode());
        Shape whole = randomShape(random);
        return shapes(part(whole, random), part(whole, random))
                .shapes(Shape.of(3, 2), Shape.of(3, 2))
                .shapes(Shape.of(2, 3), Shape.of(3))
                .shapes(Shape.of(2, 1, 2), Shape.of(3, 1))
                .shapes(Shape.of(), Shape.of(2, 2))
                .shapes(Shape.of(4), Shape.of())
                .shapes(Shape.of(), Shape.of())
                .shapes(Shape.of(0, 3), Shape.of(1, 3))
                .shapes(Shape.of(1), Shape.of(0));
    }

    private static Shape randomShape(Random random) {
        return Shape.of(random.longs(random.nextInt(1, 5), 1, 4).toArray());
    }

    /** Returns a shape that is broadcast to another: without some of its first dimensions, some others of size 1. */
    private static Shape part(Shape whole, Random random) {
        long[] sizes = Arrays.stream(whole.sizes())
                .skip(random.nextInt(whole.rank()))
                .map(size -> random.nextBoolean() ? size : 1)
                .toArray();
        return Shape.of(sizes);
    }

    /** Leaves second derivatives unchecked: for operators that do not promise them. */
    GradientRow firstOnly() {
        return new GradientRow(name, jeton, aten, domain, cases, false, tolerance);
    }

    GradientRow within(double other) {
        return new GradientRow(name, jeton, aten, domain, cases, second, other);
    }

    @Override
    public String toString() {
        return name;
    }
}
