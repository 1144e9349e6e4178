package dev.jeton.nn;

import dev.jeton.torch.Tensor;

/** The feed-forward part of a transformer layer: two linear layers of the owner's with a function between. */
record FeedForward(Linear first, Linear second, Dropout dropout, boolean gelu) {
    Tensor of(Tensor x) {
        Tensor inner = first.forward(x); // [B, T, F]
        return second.forward(dropout.forward(gelu ? inner.gelu() : inner.relu())); // [B, T, D]
    }
}
