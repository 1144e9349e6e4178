import org.jspecify.annotations.NullMarked;

/** Training: run folders, checkpoints and resume, metrics, progress, reports. */
@NullMarked
module dev.jeton.train {
    requires static transitive org.jspecify;
    requires tools.jackson.databind;
    requires com.samskivert.jmustache;

    exports dev.jeton.train;
}
