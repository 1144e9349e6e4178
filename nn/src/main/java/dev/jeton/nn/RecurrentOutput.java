package dev.jeton.nn;

import dev.jeton.torch.Tensor;

/**
 * What {@link Rnn} and {@link Gru} return.
 *
 * @param outputs the last layer's state at every token {@code [B, T, H]}, both directions side by side; zero behind the
 *     end of a sequence
 * @param hidden the last states {@code [layers · directions, B, H]}
 */
public record RecurrentOutput(Tensor outputs, Tensor hidden) {}
