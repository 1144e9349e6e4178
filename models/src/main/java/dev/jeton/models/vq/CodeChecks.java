package dev.jeton.models.vq;

/** Whether codes can be a quantizer's. */
final class CodeChecks {
    private CodeChecks() {}

    /**
     * Checks depth and range.
     *
     * @throws IllegalArgumentException if they are not
     */
    static void check(Codes codes, Quantizer quantizer) {
        int[] bounds = quantizer.codes();
        if (codes.depth() != bounds.length) {
            throw new IllegalArgumentException(
                    "decode: the model has " + bounds.length + " codes for each place, these have " + codes.depth());
        }
        int[] all = codes.toArray();
        for (int i = 0; i < all.length; i++) {
            if (all[i] >= bounds[i % bounds.length]) {
                throw new IllegalArgumentException("decode: codes must be below " + bounds[i % bounds.length]
                        + ", that of row "
                        + i / bounds.length / codes.width() + ", column " + i / bounds.length % codes.width() + " is "
                        + all[i]);
            }
        }
    }
}
