import org.jspecify.annotations.NullMarked;

/** Datasets and loaders: pictures from files and archives, and the worlds that are drawn on the spot. */
@NullMarked
module dev.jeton.data {
    requires static transitive org.jspecify;
    requires transitive java.desktop;
    requires transitive dev.jeton.torch;
    requires org.apache.commons.compress;

    exports dev.jeton.data;
}
