package dev.jeton.bench.torch;

import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;

/** The smallest operators, where only the overhead shows. */
final class Operators {
    private final Tensor w = Tensor.ones(4, 4);
    private final Tensor x = Tensor.ones(4, 4).requiresGrad();

    void add() {
        try (var _ = Scope.open()) {
            w.add(w);
        }
    }

    void tanh() {
        try (var _ = Scope.open()) {
            w.tanh();
        }
    }

    /** Twenty times add and tanh, forward and backward. */
    void chain() {
        try (var _ = Scope.open()) {
            Tensor y = x;
            for (int i = 0; i < 20; i++) {
                y = y.add(w).tanh();
            }
            y.sum().backward();
            x.clearGrad();
        }
    }
}
