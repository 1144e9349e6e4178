package dev.jeton.torch;

/** Products. */
public sealed interface Products permits Tensor {}
