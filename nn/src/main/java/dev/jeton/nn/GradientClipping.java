package dev.jeton.nn;

import dev.jeton.torch.GradientNorm;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.util.List;

/** Keeps gradients from growing too large, between the backward pass and the optimizer's step. */
public final class GradientClipping {
    private GradientClipping() {}

    /**
     * Scales all gradients together so that their Euclidean norm, as of one long vector, is at most {@code most}
     * (Pascanu et al., 2012, arXiv 1211.5063).
     *
     * @return the norm before, a scalar
     * @throws IllegalArgumentException if {@code most} is not positive, or no parameter has a gradient
     */
    public static Tensor byNorm(List<Tensor> parameters, double most) {
        checkPositive("norm", most);
        return GradientNorm.clip(gradients(parameters), most);
    }

    /** Cuts every number of every gradient off at {@code ±most}. */
    public static void byValue(List<Tensor> parameters, double most) {
        checkPositive("value", most);
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            gradients(parameters).forEach(g -> g.clampInPlace(-most, most));
        }
    }

    private static void checkPositive(String what, double most) {
        if (!(most > 0)) {
            throw new IllegalArgumentException("clipping: the greatest " + what + " must be positive, got " + most);
        }
    }

    private static List<Tensor> gradients(List<Tensor> parameters) {
        return parameters.stream().filter(Tensor::hasGrad).map(Tensor::grad).toList();
    }
}
