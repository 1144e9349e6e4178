package dev.jeton.torch;

/** Prints tensors. */
final class TensorPrinter {
    private TensorPrinter() {}

    static String print(Tensor tensor) {
        return "tensor(" + java.util.Arrays.toString(tensor.toDoubles()) + ", shape=" + tensor.shape() + ")";
    }
}
