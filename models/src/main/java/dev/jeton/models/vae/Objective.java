package dev.jeton.models.vae;

/**
 * What is weighed against the likelihood, and how: {@code loss = -log p(x | z) + weight · Σ max(freeBits, KL)}, the sum
 * over the latents.
 *
 * @param beta the weight of the divergence from the prior: 1 in a VAE, more in a β-VAE
 * @param warmUpSteps over how many steps the weight rises from 0 to beta
 * @param freeBits how many nats of divergence each latent has for nothing, averaged over the batch
 */
public record Objective(double beta, long warmUpSteps, double freeBits) {
    /** Checks the numbers. */
    public Objective {
        if (!(beta >= 0 && beta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Objective: beta must be 0 or more, got " + beta);
        }
        if (warmUpSteps < 0) {
            throw new IllegalArgumentException("Objective: warmUpSteps must be 0 or more, got " + warmUpSteps);
        }
        if (!(freeBits >= 0 && freeBits < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Objective: freeBits must be 0 or more, got " + freeBits);
        }
    }

    /** Returns the evidence lower bound itself. */
    public static Objective evidence() {
        return new Objective(1, 0, 0);
    }

    /** Returns the same with another weight of the divergence. */
    public Objective withBeta(double beta) {
        return new Objective(beta, warmUpSteps, freeBits);
    }

    /** Returns the same with a weight that rises over so many steps. */
    public Objective withWarmUp(long steps) {
        return new Objective(beta, steps, freeBits);
    }

    /** Returns the same with other free bits. */
    public Objective withFreeBits(double nats) {
        return new Objective(beta, warmUpSteps, nats);
    }

    /** Returns the weight of the divergence at a step, counted from 0. */
    public double weight(long step) {
        return step >= warmUpSteps ? beta : beta * step / warmUpSteps;
    }
}
