package dev.jeton.data;

import java.util.Arrays;

/**
 * Resizes images with a triangle filter as wide as the larger of a source and a target pixel: bilinear interpolation when
 * an image grows, an average over the covered area when it shrinks (what Pillow and PyTorch call antialiased bilinear).
 */
final class Resampler {
    private Resampler() {}

    /** A part of an image, in pixels. */
    record Box(double top, double left, double height, double width) {}

    static Planes resample(Planes image, Box box, ImageShape target) {
        int height = image.shape().height();
        int width = image.shape().width();
        var across = new Weights(width, box.left, box.width, target.width());
        var down = new Weights(height, box.top, box.height, target.height());
        byte[] result = new byte[target.bytes()];
        // only the rows that the second pass reads
        int top = down.first[0];
        int rows = down.first[target.height() - 1] + down.weight[target.height() - 1].length - top;
        float[] narrow = new float[rows * target.width()];
        for (int c = 0; c < target.channels(); c++) {
            across.rows(image.pixels(), c * height * width + top * width, width, rows, narrow);
            down.columns(narrow, top, target.width(), result, c * target.height() * target.width());
        }
        return new Planes(target, result);
    }

    /** For each target position the first source position, and what each from there on weighs. */
    private static final class Weights {
        final int[] first;
        final float[][] weight;

        Weights(int source, double start, double length, int target) {
            first = new int[target];
            weight = new float[target][];
            double scale = length / target;
            double reach = Math.max(1, scale);
            for (int i = 0; i < target; i++) {
                double centre = start + (i + 0.5) * scale;
                int from = Math.clamp((long) Math.floor(centre - reach + 0.5), 0, source - 1);
                int to = Math.clamp((long) Math.floor(centre + reach + 0.5), from + 1, source);
                first[i] = from;
                weight[i] = triangle(from + 0.5 - centre, reach, to - from);
            }
        }

        /** The weights of {@code count} places from {@code start}, which sum to 1. */
        private static float[] triangle(double start, double reach, int count) {
            float[] weight = new float[count];
            float sum = 0;
            for (int j = 0; j < count; j++) {
                weight[j] = (float) Math.max(0, 1 - Math.abs((start + j) / reach));
                sum += weight[j];
            }
            for (int j = 0; j < count; j++) {
                weight[j] /= sum;
            }
            return weight;
        }

        /** Resamples every row: {@code [rows, stride]} to {@code [rows, target]}. */
        void rows(byte[] source, int offset, int stride, int rows, float[] target) {
            int at = 0;
            for (int y = 0; y < rows; y++) {
                int row = offset + y * stride;
                for (int x = 0; x < first.length; x++) {
                    float sum = 0;
                    int from = row + first[x];
                    float[] w = weight[x];
                    for (int j = 0; j < w.length; j++) {
                        sum += w[j] * (source[from + j] & 0xff);
                    }
                    target[at++] = sum;
                }
            }
        }

        /** Resamples every column, {@code source} beginning with row {@code top}, and rounds. */
        void columns(float[] source, int top, int width, byte[] target, int offset) {
            float[] sums = new float[width];
            for (int y = 0; y < first.length; y++) {
                Arrays.fill(sums, 0.5f);
                float[] w = weight[y];
                for (int j = 0; j < w.length; j++) {
                    int row = (first[y] - top + j) * width;
                    for (int x = 0; x < width; x++) {
                        sums[x] += w[j] * source[row + x];
                    }
                }
                for (int x = 0; x < width; x++) {
                    target[offset + y * width + x] = (byte) (int) sums[x];
                }
            }
        }
    }
}
