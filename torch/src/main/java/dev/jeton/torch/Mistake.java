package dev.jeton.torch;

import dev.jeton.torch.internal.NativeFailure;

/** Turns what libtorch said into an exception that names the operator, its operands and the rule. */
final class Mistake {
    private Mistake() {}

    static RuntimeException of(String operator, NativeFailure failure, String... operands) {
        String message = operator + ": " + failure.getMessage() + (operands.length == 0 ? "" : " (operands: ")
                + String.join(", ", operands) + (operands.length == 0 ? "" : ")");
        return new NativeException(message);
    }

    static IllegalStateException closed(String operator) {
        return new IllegalStateException(operator
                + ": a tensor must not be used after it was closed: its scope has ended; keep what is needed longer with"
                + " scope.keep(tensor)");
    }
}
