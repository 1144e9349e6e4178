import org.jspecify.annotations.NullMarked;

/** Tokenizers: train, encode and decode; every file format of theirs. */
@NullMarked
module dev.jeton.text {
    requires static transitive org.jspecify;
    // chat templates only: jinjava, and the type that its resolvers describe properties by
    requires static java.desktop;
    requires static jinjava;
    requires tools.jackson.core;

    exports dev.jeton.text;
}
