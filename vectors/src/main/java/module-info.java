import org.jspecify.annotations.NullMarked;

/** Word vectors: trained from text, opened from files, searched, evaluated and drawn. */
@NullMarked
module dev.jeton.vectors {
    requires static transitive org.jspecify;
    requires static jdk.incubator.vector;
    requires java.desktop;
    requires bh.tsne;
    requires org.slf4j;
    requires org.tukaani.xz;
    requires tools.jackson.core;
    requires org.apache.lucene.core;

    exports dev.jeton.vectors;
}
