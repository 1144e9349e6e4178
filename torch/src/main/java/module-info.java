import org.jspecify.annotations.NullMarked;

/** Tensors, scopes and gradients over libtorch's stable C ABI: the only module that touches native code. */
@NullMarked
module dev.jeton.torch {
    requires static transitive org.jspecify;

    exports dev.jeton.torch;
}
