package dev.jeton.data;

import java.util.Locale;

/** The part of a dataset that comes in two. */
public enum Split {
    /** What a model learns from. */
    TRAIN,
    /** What it is judged by. */
    TEST;

    /** Whether a folder of this name holds this part. */
    boolean isNamed(String folder) {
        String name = folder.toLowerCase(Locale.ROOT);
        return switch (this) {
            case TRAIN -> name.equals("train") || name.equals("training");
            case TEST ->
                name.equals("test")
                        || name.equals("testing")
                        || name.equals("val")
                        || name.equals("valid")
                        || name.equals("validation");
        };
    }

    @Override
    public String toString() {
        return this == TRAIN ? "training" : "test";
    }
}
