package dev.jeton.data;

import java.io.IOException;
import java.util.List;

/** Files below a folder or in an archive. Several threads may read at once. */
interface FileTree {
    /** The most bytes of one file that are read: 256 MiB. */
    int MAX_FILE = 1 << 28;

    /** The folder or archive, for messages. */
    String root();

    /** Paths of all files, with {@code /} between folders, in the order of the archive or file system. */
    List<String> files();

    /**
     * Reads a whole file.
     *
     * @param file one of {@link #files()}
     */
    byte[] read(String file) throws IOException;

    /** A file's name for messages. */
    default String nameOf(String file) {
        return root() + "/" + file;
    }
}
