/**
 * Probability distributions over tensors: samples through which gradients flow where there are such, logarithms of
 * densities, divergences.
 */
package dev.jeton.nn.distributions;
