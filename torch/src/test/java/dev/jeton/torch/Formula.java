package dev.jeton.torch;

/** A function of tensors, written with Jeton's operators or with libtorch's own. */
@FunctionalInterface
interface Formula {
    Tensor of(Tensor... x);
}
