package dev.jeton.torch;

/** The search for the operator that makes the first NaN or infinity. */
final class FiniteCheck {
    private static final Operator IS_FINITE = Operator.of("isfinite");
    private static final Operator ALL = Operator.of("all");

    private FiniteCheck() {}

    static void check(Context context, String operator, Tensor tensor) {
        context.checkingFinite = false; // the search itself is not searched
        try (Tensor view = tensor.twin()) {
            if (view.dtype().isFloating() && view.elements() > 0) {
                try (Tensor finite = IS_FINITE.of(view);
                        Tensor all = ALL.of(finite)) {
                    if (all.toInts()[0] == 0) {
                        throw new NonFiniteException(operator, view.shape());
                    }
                }
            }
        } finally {
            context.checkingFinite = true;
        }
    }
}
