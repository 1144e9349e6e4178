/**
 * Pictures as codes: vector quantisation and the autoencoders built on it.
 *
 * <p>A {@link dev.jeton.models.vq.Quantizer} turns vectors into codes; a {@link dev.jeton.models.vq.Quantization} says how.
 * {@link dev.jeton.models.vq.VqVae} is the autoencoder of "Neural Discrete Representation Learning" (van den Oord et al.,
 * 2017, arXiv 1711.00937), {@link dev.jeton.models.vq.VqVae2} that of two levels of "Generating Diverse High-Fidelity
 * Images with VQ-VAE-2" (Razavi et al., 2019, arXiv 1906.00446).
 *
 * <p>Deviations from the papers: the codebook begins at the means of the first batch's clusters, codes that nobody chooses
 * are revived, and pixels run from -½ to ½ as in the authors' own code, the squared error being divided by the data's
 * variance.
 *
 * <p>Shapes: {@code B} pictures of {@code C} channels, {@code H × W} pixels, {@code h × w} codes; {@code Q} codes of size
 * {@code E}; {@code N = B · h · w} vectors, {@code L} codes for each.
 */
@NullMarked
package dev.jeton.models.vq;

import org.jspecify.annotations.NullMarked;
