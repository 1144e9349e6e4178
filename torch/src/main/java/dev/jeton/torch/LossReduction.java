package dev.jeton.torch;

/** What becomes of the losses of many samples. */
public enum LossReduction {
    /** Their average: where samples have weights, the weighted one. */
    MEAN(1),
    /** Their sum. */
    SUM(2),
    /** They stay as they are. */
    NONE(0);

    private final int code;

    LossReduction(int code) {
        this.code = code;
    }

    /** Returns libtorch's number. */
    int code() {
        return code;
    }
}
