/**
 * Layers and what trains and stores them: {@link dev.jeton.nn.Layer} is the base of every layer and model,
 * {@link dev.jeton.nn.Loss} what training makes small, {@link dev.jeton.nn.Optimizer} how, and
 * {@link dev.jeton.nn.Safetensors} where the weights go.
 *
 * <p>Shapes in comments: {@code B} batch, {@code T} tokens, {@code D} features, {@code N} heads, {@code K} features of a
 * head, {@code F} features of a feed-forward layer; pictures are {@code [B, C, H, W]}.
 */
package dev.jeton.nn;
