import org.jspecify.annotations.NullMarked;

/** Training: run folders, checkpoints and resume, metrics, progress, reports. */
@NullMarked
module dev.jeton.train {
    requires static transitive org.jspecify;
    requires transitive dev.jeton.data;
    requires transitive dev.jeton.nn;
    requires transitive dev.jeton.torch;
    requires tools.jackson.databind;
    requires com.samskivert.jmustache;

    exports dev.jeton.train;

    opens dev.jeton.train to
            tools.jackson.databind; // checkpoint.json
}
