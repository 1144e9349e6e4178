/**
 * Variational autoencoders: pictures as points of a space in which near is alike and everything can be decoded.
 *
 * <p>{@link dev.jeton.models.vae.Vae} is the model of "Auto-Encoding Variational Bayes" (Kingma and Welling, 2013, arXiv
 * 1312.6114): a Gaussian posterior, sampled by reparameterisation, a standard normal prior. {@link
 * dev.jeton.models.vae.Objective} adds the weight of β-VAE (Higgins et al., 2017), its annealing (Bowman et al., 2016, arXiv
 * 1511.06349) and free bits (Kingma et al., 2016, arXiv 1606.04934); {@link dev.jeton.models.vae.Likelihood} says how
 * decoded pixels are compared with those of the picture. Labels may condition both networks (Kingma et al., 2014, arXiv
 * 1406.5298).
 *
 * <p>Deviation: scales of posteriors are kept between e⁻⁷ and e⁷.
 *
 * <p>Shapes: {@code B} pictures of {@code C} channels, {@code H × W} pixels; {@code Z} latents; {@code K} classes.
 */
@NullMarked
package dev.jeton.models.vae;

import org.jspecify.annotations.NullMarked;
