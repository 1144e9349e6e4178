package dev.jeton.torch;

import dev.jeton.torch.internal.Abi;

/** An operator registered in libtorch, reached through its dispatcher by its name and overload. */
final class Operator {
    private final String name;
    private final String overload;
    private long nativeName;
    private long nativeOverload;

    /** An operator outside libtorch's main collection, such as {@code mkldnn::_linear_pointwise}. */
    static Operator ofQualified(String qualifiedName) {
        return new Operator(qualifiedName, "");
    }

    private Operator(String name, String overload) {
        this.name = name;
        this.overload = overload;
    }

    static Operator of(String name) {
        return new Operator(name, "");
    }

    static Operator of(String name, String overload) {
        return new Operator(name, overload);
    }

    /** Begins a call; arguments follow in the order of the operator's schema, defaults too. */
    Call call() {
        return Context.current().call(this);
    }

    /** Calls an operator of one tensor. */
    Tensor of(Tensor x) {
        return call().tensor(x).one();
    }

    /** Calls an operator of two tensors. */
    Tensor of(Tensor x, Tensor y) {
        return call().tensor(x).tensor(y).one();
    }

    String name() {
        return name;
    }

    long nativeName() {
        if (nativeName == 0) { // two threads may both set it, to equal strings
            nativeOverload = Abi.name(overload);
            nativeName = Abi.name(name.contains("::") ? name : "aten::" + name);
        }
        return nativeName;
    }

    long nativeOverload() {
        return nativeOverload;
    }
}
