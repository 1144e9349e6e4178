package dev.jeton.torch;

import java.util.function.UnaryOperator;

/**
 * A linear operator of one tensor beside its adjoint (the map by the transposed matrix). Each is the other's derivative,
 * so that the pair can be differentiated as often as anybody likes, and nothing is saved.
 *
 * @param operator the name in messages
 * @param forward calls libtorch; records nothing
 * @param adjoint calls libtorch; records nothing
 */
record LinearMap(String operator, UnaryOperator<Tensor> forward, UnaryOperator<Tensor> adjoint) {
    /** Applies the operator and records it. */
    Tensor of(Tensor x) {
        Tensor y = forward.apply(x);
        if (!Tape.records(x)) {
            return y;
        }
        LinearMap transposed = new LinearMap(operator, /* forward= */ adjoint, /* adjoint= */ forward);
        return new Node(operator, y, x) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return transposed.of(g);
            }
        }.result();
    }
}
