import org.jspecify.annotations.NullMarked;

/** Families of models, one package each. */
@NullMarked
module dev.jeton.models {
    requires static transitive org.jspecify;
    requires transitive dev.jeton.data;
    requires transitive dev.jeton.nn;
    requires transitive dev.jeton.torch;
    requires transitive dev.jeton.train;
    requires transitive java.desktop;
    requires tools.jackson.databind;

    exports dev.jeton.models.vae;
    exports dev.jeton.models.vq;
}
