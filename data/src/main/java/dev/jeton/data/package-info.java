/**
 * Datasets and loaders.
 *
 * <p>Everything that holds pictures is an {@link dev.jeton.data.ImageSource}: a MNIST folder ({@link dev.jeton.data.Idx}),
 * CIFAR-10's binary files ({@link dev.jeton.data.Cifar10}), a folder, zip or tar of image files
 * ({@link dev.jeton.data.Images}) and the worlds that are drawn on the spot ({@link dev.jeton.data.Mosaic},
 * {@link dev.jeton.data.Glyphs}). {@link dev.jeton.data.Batches} shuffles, batches and prefetches any of them.
 *
 * <p>Shapes: {@code B} batch, {@code C} channels, {@code H} height, {@code W} width; an image is unsigned bytes
 * {@code [C, H, W]}, planes one after the other.
 */
package dev.jeton.data;
