package dev.jeton.torch;

/**
 * Elements chosen by their size, and where they were.
 *
 * @param values the elements
 * @param indices their places along the dimension, int64, of the same shape
 */
public record Ranked(Tensor values, Tensor indices) {}
