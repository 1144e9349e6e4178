package dev.jeton.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Data that cannot be read: the one exception that the readers of this package throw for what they find in files.
 *
 * <p>The message names the file, the place in it and the rule that it breaks.
 */
public final class DataException extends RuntimeException {
    private final String file;

    DataException(String file, String rule) {
        this(file, rule, null);
    }

    DataException(String file, String rule, @Nullable Throwable cause) {
        super(file + ": " + rule, cause);
        this.file = file;
    }

    DataException(Path file, String rule) {
        this(file.toString(), rule, null);
    }

    DataException(Path file, String rule, @Nullable Throwable cause) {
        this(file.toString(), rule, cause);
    }

    /** The file, or the archive and the entry in it ({@code photos.zip!/cats/7.png}). */
    public String file() {
        return file;
    }
}
