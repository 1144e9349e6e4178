package dev.jeton.train;

import dev.jeton.nn.Layer;
import dev.jeton.torch.FiniteChecks;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.NonFiniteException;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.util.Map;
import java.util.function.Supplier;

/** Finds out why a loss is not finite, by the weights first and then by computing it once more under search. */
final class Fault {
    private Fault() {}

    static TrainingException find(long step, String metric, double value, Layer model, Supplier<Tensor> loss) {
        String found = metric + " is " + value + ": ";
        for (Map.Entry<String, Tensor> entry : model.state().entrySet()) {
            if (!isFinite(entry.getValue())) {
                return new TrainingException(
                        step,
                        found + "'" + entry.getKey() + "' is no longer finite since an earlier update:"
                                + " a smaller learning rate or clipped gradients may help");
            }
        }
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            search(FiniteChecks.nanOnly(), loss); // infinities may be meant, as in masks
            search(FiniteChecks.on(), loss);
        } catch (NonFiniteException e) {
            return new TrainingException(step, found + "made by " + e.getMessage(), e);
        }
        return new TrainingException(
                step,
                found + "it was finite when computed once more with other random numbers; run with finite checks on");
    }

    private static void search(FiniteChecks checks, Supplier<Tensor> loss) {
        try (checks;
                Tensor _ = loss.get()) {
            // computing it is the search
        }
    }

    private static boolean isFinite(Tensor tensor) {
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            return !tensor.dtype().isFloating()
                    || tensor.detach().isFinite().all().item() != 0;
        }
    }
}
