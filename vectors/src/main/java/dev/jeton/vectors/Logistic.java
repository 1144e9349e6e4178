package dev.jeton.vectors;

/** The constants of {@code exp(-t)}, which both kernels evaluate to about 3e-7. */
final class Logistic {
    /** Beyond this a float sigmoid is 0 or 1; it also keeps the exponent arithmetic in range. */
    static final float LIMIT = 80f;

    static final float LOG2_E = 1.442695f;
    static final float LN2_HIGH = 0x1.63p-1f;
    static final float LN2_LOW = -0x1.bd0106p-13f;

    /** Added and subtracted, rounds a small float to a whole number, which then stands in its lowest bits. */
    static final float ROUND = 12582912f;

    /** {@code exp(r)} for r up to {@code ln(2)/2} to each side, lowest power first: a Chebyshev fit. */
    static final float E0 = 1f;

    static final float E1 = 1f;
    static final float E2 = 0.4999887f;
    static final float E3 = 0.16666415f;
    static final float E4 = 0.04191753f;
    static final float E5 = 0.008375129f;

    private Logistic() {}

    /** {@code exp(-t)} for {@code 0 <= t <= LIMIT}. */
    static float expOfMinus(float t) {
        float shifted = ROUND - t * LOG2_E;
        float n = shifted - ROUND;
        float r = -t - n * LN2_HIGH - n * LN2_LOW;
        float p = ((((E5 * r + E4) * r + E3) * r + E2) * r + E1) * r + E0;
        return p * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + Float.floatToRawIntBits(1f));
    }
}
