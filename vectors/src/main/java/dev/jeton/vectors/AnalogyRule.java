package dev.jeton.vectors;

/** How the answer to "a is to b as c is to …" is scored. */
public enum AnalogyRule {
    /** cos(x, b) - cos(x, a) + cos(x, c), the usual one (Mikolov et al. 2013). */
    COS_ADD,
    /** cos(x, b) cos(x, c) / cos(x, a) with cosines moved to 0…1: no one large term outweighs the others (Levy, Goldberg 2014). */
    COS_MUL
}
