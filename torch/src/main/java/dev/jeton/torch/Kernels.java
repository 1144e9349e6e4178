package dev.jeton.torch;

/** The operators of libtorch that families share or that have no better place. */
final class Kernels {

    private Kernels() {}
}
