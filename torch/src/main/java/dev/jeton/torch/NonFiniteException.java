package dev.jeton.torch;

/** An operator made a NaN or an infinity while {@link FiniteChecks} were on. */
public final class NonFiniteException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    private final String operator;

    NonFiniteException(String operator, Shape shape, boolean nan) {
        super(operator + ": the result of shape " + shape + (nan ? " has a NaN" : " has a NaN or an infinity"));
        this.operator = operator;
    }

    /** Returns the operator that made it. */
    public String operator() {
        return operator;
    }
}
