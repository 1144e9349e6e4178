package dev.jeton.torch;

/** What becomes of the recorded operators once their gradients are computed. */
public enum Graph {
    /** What they saved is freed as the backward pass passes them: the usual choice. */
    FREE,
    /** They stay for another backward pass. */
    RETAIN,
    /** They stay, and the derivatives are recorded in turn: for second derivatives. */
    RECORD
}
