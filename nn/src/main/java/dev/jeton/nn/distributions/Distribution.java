package dev.jeton.nn.distributions;

import dev.jeton.torch.Generator;
import dev.jeton.torch.Tensor;

/** A distribution for each element of its parameters, each independent of the others. */
public interface Distribution {
    /** Draws one value for each distribution; no gradient flows through it. */
    Tensor sample(Generator random);

    /** Draws one value for each distribution from the process's generator; no gradient flows through it. */
    default Tensor sample() {
        return sample(Generator.standard());
    }

    /** Returns the logarithm of the density, or of the probability, of a value for each distribution. */
    Tensor logProb(Tensor value);
}
