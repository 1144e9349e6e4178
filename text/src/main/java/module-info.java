import org.jspecify.annotations.NullMarked;

/** Tokenizers: train, encode and decode; every file format of theirs. */
@NullMarked
module dev.jeton.text {
    requires static transitive org.jspecify;
    requires tools.jackson.core;

    exports dev.jeton.text;
}
