/** Tensors, scopes and gradients. */
package dev.jeton.torch;
