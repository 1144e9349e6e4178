package dev.jeton.torch;

import java.util.Collections;
import java.util.List;

/**
 * Steps of optimizers over lists of parameters, each list in one native call that reads and writes every element once.
 *
 * <p>All tensors of one call have one element type and lie on one device. Parameters and state change in place; nothing
 * is recorded.
 */
public final class FusedUpdate {
    private static final Operator ADAM = Operator.of("_fused_adam_");
    private static final Operator ADAMW = Operator.of("_fused_adamw_");
    private static final Operator SGD = Operator.of("_fused_sgd_");
    private static final Operator LERP = Operator.of("_foreach_lerp_", "List");

    private FusedUpdate() {}

    /**
     * The numbers of Adam (Kingma and Ba, arXiv 1412.6980) and AdamW (Loshchilov and Hutter, arXiv 1711.05101).
     *
     * @param decoupled whether weight decay acts on the parameters themselves (AdamW) or is added to the gradient
     */
    public record Adam(
            double learningRate, double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled) {}

    /**
     * What Adam remembers of each parameter: tensors of its shape, zeros before the first step.
     *
     * @param first averages of the gradients
     * @param second averages of their squares
     * @param greatest the greatest of the latter so far, for AMSGrad; empty for plain Adam
     */
    public record Moments(List<Tensor> first, List<Tensor> second, List<Tensor> greatest) {}

    /**
     * The numbers of gradient descent.
     *
     * @param momentum 0 for none
     * @param dampening by how much less a gradient counts in the momentum
     */
    public record Sgd(double learningRate, double momentum, double dampening, double weightDecay, boolean nesterov) {}

    /**
     * Makes one step of Adam or AdamW.
     *
     * @param step which step this is, from 1 on
     * @throws IllegalArgumentException if the lists are not equally long, or the step is less than 1
     * @throws ShapeException if a gradient or moment has not the shape of its parameter
     */
    public static void adam(List<Tensor> parameters, List<Tensor> gradients, Moments moments, long step, Adam numbers) {
        if (step < 1) {
            throw new IllegalArgumentException("adam: steps are counted from 1, this one is " + step);
        }
        boolean amsGrad = !moments.greatest().isEmpty();
        checkLists("adam", parameters, gradients, moments.first(), moments.second());
        if (amsGrad) {
            checkLists("adam", parameters, moments.greatest());
        }
        if (parameters.isEmpty()) {
            return;
        }
        Tensor count = Tensor.full(
                Shape.of(), (double) step, DType.FLOAT32, parameters.getFirst().device());
        (numbers.decoupled() ? ADAMW : ADAM)
                .call()
                .tensors(parameters)
                .tensors(gradients)
                .tensors(moments.first())
                .tensors(moments.second())
                .tensors(moments.greatest())
                .tensors(Collections.nCopies(parameters.size(), count))
                .real(numbers.learningRate())
                .real(numbers.beta1())
                .real(numbers.beta2())
                .real(numbers.weightDecay())
                .real(numbers.epsilon())
                .flag(amsGrad)
                .flag(false) // maximize
                .none()
                .none()
                .nothing();
        count.close();
        changed(parameters);
        changed(moments.first());
        changed(moments.second());
        changed(moments.greatest());
    }

    /**
     * Makes one step of gradient descent.
     *
     * @param velocities tensors of the parameters' shapes, which the first step sets; empty without momentum
     * @param firstStep whether the velocities hold nothing yet
     * @throws IllegalArgumentException if the lists are not equally long
     * @throws ShapeException if a gradient or velocity has not the shape of its parameter
     */
    public static void sgd(
            List<Tensor> parameters, List<Tensor> gradients, List<Tensor> velocities, boolean firstStep, Sgd numbers) {
        checkLists("sgd", parameters, gradients);
        if (numbers.momentum() != 0) {
            checkLists("sgd", parameters, velocities);
        }
        if (parameters.isEmpty()) {
            return;
        }
        SGD.call()
                .tensors(parameters)
                .tensors(gradients)
                .tensors(numbers.momentum() == 0 ? List.of() : velocities)
                .real(numbers.weightDecay())
                .real(numbers.momentum())
                .real(numbers.learningRate())
                .real(numbers.dampening())
                .flag(numbers.nesterov())
                .flag(false) // maximize
                .flag(firstStep)
                .none()
                .none()
                .nothing();
        changed(parameters);
        changed(velocities);
    }

    /**
     * Moves each target a part of the way to its source: {@code target ← target + weight·(source − target)}. An
     * exponential moving average of weights has {@code weight = 1 − decay}.
     *
     * @throws IllegalArgumentException if the lists are not equally long
     * @throws ShapeException if a source has not the shape of its target
     */
    public static void lerp(List<Tensor> targets, List<Tensor> sources, double weight) {
        checkLists("lerp", targets, sources);
        if (targets.isEmpty()) {
            return;
        }
        Tensor first = targets.getFirst();
        Tensor part = Tensor.full(Shape.of(), weight, first.dtype(), first.device());
        LERP.call()
                .tensors(targets)
                .tensors(sources)
                .tensors(Collections.nCopies(targets.size(), part))
                .nothing();
        part.close();
        changed(targets);
    }

    private static void changed(List<Tensor> tensors) {
        tensors.forEach(Tensor::changed);
    }

    @SafeVarargs
    private static void checkLists(String operator, List<Tensor> parameters, List<Tensor>... others) {
        for (List<Tensor> other : others) {
            if (other.size() != parameters.size()) {
                throw new IllegalArgumentException(operator + ": lists must be equally long: " + parameters.size()
                        + " parameters and " + other.size() + " gradients or states");
            }
            for (int i = 0; i < other.size(); i++) {
                Check.alike(operator, parameters.getFirst(), parameters.get(i), other.get(i));
                Check.shape(
                        operator, "gradient or state " + i, parameters.get(i).shape(), other.get(i));
            }
        }
    }
}
