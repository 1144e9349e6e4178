package dev.jeton.torch;

/** Whether an operator is to be recorded. */
final class Tape {
    private Tape() {}

    static boolean records(Tensor a) {
        return a.isRecorded() && Context.current().recording;
    }

    static boolean records(Tensor a, Tensor b) {
        return (a.isRecorded() || b.isRecorded()) && Context.current().recording;
    }

    static boolean records(Tensor... operands) {
        for (Tensor operand : operands) {
            if (operand.isRecorded()) {
                return Context.current().recording;
            }
        }
        return false;
    }
}
