import org.jspecify.annotations.NullMarked;

/** Layers, losses, distributions, optimizers, schedules and safetensors. */
@NullMarked
module dev.jeton.nn {
    requires static transitive org.jspecify;
    requires transitive dev.jeton.torch;
    requires tools.jackson.core;

    exports dev.jeton.nn;
    exports dev.jeton.nn.distributions;
}
