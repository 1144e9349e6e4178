package dev.jeton.text;

/**
 * Numbers read as the Hugging Face libraries read them.
 *
 * <p>Their JSON reader takes the digits as one integer, rounds that to a double and then multiplies or divides by a power of
 * ten, so that the last bit can differ from the nearest double. Which of two cuts of equal probability Unigram prefers
 * hangs on that bit.
 */
final class ReferenceDouble {
    private static final double[] POWERS = new double[309];

    static {
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = Double.parseDouble("1e" + i);
        }
    }

    private ReferenceDouble() {}

    /** The value of a JSON number with a fraction or an exponent. */
    static double parse(String number) {
        long digits = 0;
        int exponent = 0;
        boolean fraction = false;
        int i = number.charAt(0) == '-' ? 1 : 0;
        for (; i < number.length(); i++) {
            char sign = number.charAt(i);
            if (sign == '.') {
                fraction = true;
            } else if (sign == 'e' || sign == 'E') {
                break;
            } else if (Long.compareUnsigned(digits, Long.divideUnsigned(-1L - (sign - '0'), 10)) <= 0) {
                digits = digits * 10 + (sign - '0');
                exponent -= fraction ? 1 : 0;
            } else {
                exponent += fraction ? 0 : 1; // a digit too many for 64 bits is dropped
            }
        }
        if (i < number.length()) {
            exponent += exponent(number.substring(i + 1));
        }
        double value = scale(unsigned(digits), exponent);
        return number.charAt(0) == '-' ? -value : value;
    }

    private static int exponent(String text) {
        try {
            return Math.clamp(Long.parseLong(text), -10_000, 10_000);
        } catch (NumberFormatException e) {
            return text.charAt(0) == '-' ? -10_000 : 10_000; // more digits than a long has
        }
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : Double.parseDouble(Long.toUnsignedString(value));
    }

    private static double scale(double digits, int exponent) {
        double value = digits;
        int left = exponent;
        while (left < -308 && value != 0) {
            value /= 1e308;
            left += 308;
        }
        if (value == 0) {
            return value;
        }
        if (left > 308) {
            return Double.POSITIVE_INFINITY;
        }
        return left >= 0 ? value * POWERS[left] : value / POWERS[-left];
    }
}
