package dev.jeton.torch;

/** libtorch's operators for the oracle's formulas. */
final class Aten {
    private Aten() {}

    /** Begins a call with these tensors as its first arguments. */
    static Call call(String name, String overload, Tensor... x) {
        Call call = Operator.of(name, overload).call();
        for (Tensor operand : x) {
            call.tensor(operand);
        }
        return call;
    }

    /** Calls an operator that takes nothing but tensors. */
    static Tensor of(String name, String overload, Tensor... x) {
        return call(name, overload, x).one();
    }

    /** A float64 number. */
    static Tensor number(double value) {
        return Tensor.scalar(value);
    }
}
