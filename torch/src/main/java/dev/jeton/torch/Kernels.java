package dev.jeton.torch;

/** The operators of libtorch that families share or that have no better place. */
final class Kernels {
    static final Operator TANH = Operator.of("tanh");
    static final Operator TANH_BACKWARD = Operator.of("tanh_backward");

    private Kernels() {}
}
