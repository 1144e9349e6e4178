package dev.jeton.torch;

/** Functions of each element by itself: the value is one kernel's, the derivative is made of operators. */
final class Elementwise {
    private Elementwise() {}

    /** A derivative times the gradient {@code g}, made of what was saved: the argument or the result. */
    interface Derivative {
        Tensor times(Tensor g, Tensor saved);
    }

    /** Computes a function whose derivative is made of its argument. */
    static Tensor ofArgument(Operator kernel, Tensor x, Derivative derivative) {
        Tensor y = described(kernel.of(x), x);
        return Tape.records(x) ? recorded(kernel.name(), y, x, x, derivative) : y;
    }

    /** Computes a function whose derivative is made of its result. */
    static Tensor ofResult(Operator kernel, Tensor x, Derivative derivative) {
        Tensor y = described(kernel.of(x), x);
        return Tape.records(x) ? recorded(kernel.name(), y, x, y, derivative) : y;
    }

    /** Records a computed function: {@code kept} is {@code x} or {@code y}. */
    static Tensor recorded(String name, Tensor y, Tensor x, Tensor kept, Derivative derivative) {
        return new Node(name, y, x) {
            private final Tensor saved = save(kept);

            @Override
            Tensor gradient(int input, Tensor g) {
                return derivative.times(g, saved);
            }
        }.result();
    }

    /** Computes a piecewise constant function: its derivative is zero. */
    static Tensor constant(Operator kernel, Tensor x) {
        Tensor y = kernel.of(x);
        if (!Tape.records(x)) {
            return y;
        }
        return new Node(kernel.name(), y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return g.zerosLike();
            }
        }.result();
    }

    /** Notes what is known of the result; whole numbers become fractions, so that their type is not. */
    static Tensor described(Tensor y, Tensor x) {
        return x.dtype().isFloating() ? y.like(x) : y;
    }
}
