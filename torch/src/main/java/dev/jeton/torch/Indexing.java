package dev.jeton.torch;

/** Indexing. */
public sealed interface Indexing permits Tensor {}
