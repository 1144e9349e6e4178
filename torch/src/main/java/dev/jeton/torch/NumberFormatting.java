package dev.jeton.torch;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * The elements of a tensor as PyTorch prints them, all in one manner: whole, with four digits behind the point, or with
 * exponents.
 *
 * @param words the elements in row-major order
 * @param width that of the widest; among fractions, of the widest that is neither 0 nor infinite nor no number
 */
record NumberFormatting(List<String> words, int width) {
    private static final int DIGITS = 4;
    private static final double LARGEST_RATIO = 1000;
    private static final double LARGEST = 1e8;
    private static final double SMALLEST = 1e-4;

    static NumberFormatting of(Tensor tensor) {
        if (tensor.dtype() == DType.BOOL) {
            return whole(Arrays.stream(tensor.toLongs())
                    .mapToObj(x -> x == 0 ? "False" : "True")
                    .toList());
        }
        if (!tensor.dtype().isFloating()) {
            return whole(
                    Arrays.stream(tensor.toLongs()).mapToObj(Long::toString).toList());
        }
        double[] values = tensor.toDoubles();
        List<String> words = Arrays.stream(values).mapToObj(manner(values)).toList();
        int width = 1;
        for (int i = 0; i < values.length; i++) {
            if (isOrdinary(values[i])) {
                width = Math.max(width, words.get(i).length());
            }
        }
        return new NumberFormatting(words, width);
    }

    private static NumberFormatting whole(List<String> words) {
        return new NumberFormatting(
                words, words.stream().mapToInt(String::length).max().orElse(1));
    }

    /** Whether a number has a say in how all are written. */
    private static boolean isOrdinary(double x) {
        return x != 0 && Double.isFinite(x);
    }

    /** Chooses how to write numbers, by those that are neither 0 nor infinite. */
    private static DoubleFunction<String> manner(double[] values) {
        double[] sizes = Arrays.stream(values)
                .filter(NumberFormatting::isOrdinary)
                .map(Math::abs)
                .toArray();
        double least = Arrays.stream(sizes).min().orElse(1);
        double most = Arrays.stream(sizes).max().orElse(1);
        if (most / least > LARGEST_RATIO || most > LARGEST || least < SMALLEST) {
            return x -> written(x, NumberFormatting::scientific);
        }
        boolean whole = Arrays.stream(sizes).allMatch(x -> x == Math.rint(x));
        return whole ? x -> written(x, NumberFormatting::integer) : x -> written(x, NumberFormatting::decimal);
    }

    /** Writes the sign, which -0 has too, and what is not a number. */
    private static String written(double x, DoubleFunction<String> size) {
        if (Double.isNaN(x)) {
            return "nan";
        }
        String sign = Double.doubleToRawLongBits(x) < 0 ? "-" : "";
        return sign + (Double.isInfinite(x) ? "inf" : size.apply(Math.abs(x)));
    }

    private static String integer(double x) {
        return new BigDecimal(x).setScale(0, RoundingMode.HALF_EVEN).toPlainString() + ".";
    }

    private static String decimal(double x) {
        return new BigDecimal(x).setScale(DIGITS, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String scientific(double x) {
        BigDecimal rounded = new BigDecimal(x).round(new MathContext(DIGITS + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String digits = rounded.movePointLeft(exponent)
                .setScale(DIGITS, RoundingMode.UNNECESSARY)
                .toPlainString();
        return digits + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
