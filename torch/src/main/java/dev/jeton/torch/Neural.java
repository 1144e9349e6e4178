package dev.jeton.torch;

/** Neural. */
public sealed interface Neural permits Tensor {}
