package dev.jeton.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kernel's step is the gradient of the loss it reports, and the fast kernel does what the plain one does. */
final class KernelTest {
    private static final float RATE = 1e-3f;

    /** Inputs, outputs, dimension: less than a register, whole ones, more inputs than the loss is gathered for, one of each, a tile not full. */
    static Stream<int[]> sizes() {
        return Stream.of(
                new int[] {4, 6, 100},
                new int[] {1, 6, 100},
                new int[] {1, 1, 3},
                new int[] {7, 5, 16},
                new int[] {128, 2, 50},
                new int[] {3, 6, 40});
    }

    /** Inputs from the last row to the first; outputs from the first, and a spare row after them. */
    private static Block block(int[] size, long seed) {
        Matrix in = Matrix.zeros(size[0], size[2]);
        Matrix out = Matrix.zeros(size[1] + 1, size[2]);
        Block block = new Block(in, out, size[1], size[0]);
        Randoms random = new Randoms(seed, size[0], size[1]);
        for (int i = 0; i < size[0]; i++) {
            block.inputRows[i] = size[0] - 1 - i;
            fill(in, block.inputRows[i], random);
        }
        for (int o = 0; o < size[1]; o++) {
            block.output(o, o, o == 0 ? 1 : o % 4 == 3 ? 0 : -1);
            fill(out, o, random);
        }
        block.inputs = size[0];
        block.outputs(size[1]);
        return block;
    }

    private static void fill(Matrix target, int row, Randoms random) {
        for (int d = 0; d < target.dimension(); d++) {
            target.set(row, d, random.centred());
        }
    }

    /** All of a matrix's floats, its padding too. */
    private static float[] floats(Matrix matrix) {
        return matrix.memory().toArray(ValueLayout.JAVA_FLOAT);
    }

    private static double step(Kernel kernel, Block block) {
        kernel.step(block, RATE);
        return block.takeLoss();
    }

    /** The loss by its definition, in doubles. */
    private static double loss(Block block, float[] in, float[] out) {
        int stride = block.in.stride();
        double loss = 0;
        for (int o = 0; o < block.outputs; o++) {
            for (int i = 0; i < block.inputs && block.signs[o] != 0; i++) {
                double product = 0;
                for (int d = 0; d < stride; d++) {
                    product += (double) in[block.inputRows[i] * stride + d] * out[block.outputRows[o] * stride + d];
                }
                loss += Math.log1p(Math.exp(-block.signs[o] * product));
            }
        }
        return loss;
    }

    static Stream<Kernel> kernels() {
        return Stream.of(new ScalarKernel(), new VectorKernel());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theStepFollowsFiniteDifferences(Kernel kernel) {
        for (int[] size : sizes().toList()) {
            Block block = block(size, 7);
            float[] in = floats(block.in);
            float[] out = floats(block.out);
            assertThat(step(kernel, block)).isCloseTo(loss(block, in, out), within(1e-4 * size[0] * size[1]));
            float[] inAfter = floats(block.in);
            for (int place = 0; place < in.length; place += 5) {
                assertThat((in[place] - inAfter[place]) / RATE)
                        .as("input %d of %s", place, Arrays.toString(size))
                        .isCloseTo((float) difference(block, in, out, in, place), within(3e-3f));
            }
            float[] outAfter = floats(block.out);
            for (int place = 0; place < out.length; place += 5) {
                assertThat((out[place] - outAfter[place]) / RATE)
                        .as("output %d of %s", place, Arrays.toString(size))
                        .isCloseTo((float) difference(block, in, out, out, place), within(3e-3f));
            }
        }
    }

    private static double difference(Block block, float[] in, float[] out, float[] moved, int place) {
        float value = moved[place];
        float step = 1f / 256;
        moved[place] = value + step;
        double above = loss(block, in, out);
        moved[place] = value - step;
        double below = loss(block, in, out);
        moved[place] = value;
        return (above - below) / (2 * step);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void bothKernelsAgree(int[] size) {
        Block plain = block(size, 3);
        Block fast = block(size, 3);
        assertThat(step(new VectorKernel(), fast))
                .isCloseTo(step(new ScalarKernel(), plain), within(1e-4 * size[0] * size[1]));
        assertThat(floats(fast.in)).containsExactly(floats(plain.in), within(1e-6f));
        assertThat(floats(fast.out)).containsExactly(floats(plain.out), within(1e-6f));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aRowIsMultiplied(Kernel kernel) {
        Matrix matrix = Matrix.zeros(3, 21);
        float[] row = new float[21];
        for (int d = 0; d < row.length; d++) {
            row[d] = d + 1;
        }
        matrix.setRow(1, row);
        assertThat(kernel.dot(matrix, 1, row)).isCloseTo(21 * 22 * 43 / 6f, within(1e-2f));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theMeanOfRowsIsTakenAndWhatItLearnedSpread(Kernel kernel) {
        for (int dimension :
                new int[] {3, 20, 64, 100, 200}) { // fewer registers than four, fours, and fours that overlap
            takeAndSpreadAMean(kernel, dimension);
        }
    }

    private static void takeAndSpreadAMean(Kernel kernel, int dimension) {
        Matrix rows = block(new int[] {5, 1, dimension}, 3).in;
        Matrix mean = Matrix.zeros(3, dimension);
        int[] near = {9, 0, 3, 4, 2, 9};
        float[] before = floats(rows);
        int stride = rows.stride();
        kernel.mean(rows, near, 1, 5, mean, 1);
        for (int d = 0; d < dimension; d++) {
            float sum = before[d] + before[2 * stride + d] + before[3 * stride + d] + before[4 * stride + d];
            assertThat(mean.get(0, d)).isZero();
            assertThat(mean.get(1, d)).isCloseTo(sum / 4, within(1e-6f));
            assertThat(mean.get(2, d)).isEqualTo(mean.get(1, d));
            mean.set(1, d, mean.get(1, d) + d);
        }
        kernel.spread(mean, 1, rows, near, 1, 5);
        for (int row = 0; row < 5; row++) {
            for (int d = 0; d < dimension; d++) {
                float expected = before[row * stride + d] + (row == 1 ? 0 : d);
                assertThat(rows.get(row, d)).isCloseTo(expected, within(1e-5f));
            }
        }
    }

    @Test
    void theLossOfManyStepsIsTheirSum() {
        Block block = block(new int[] {10, 6, 16}, 2);
        Kernel kernel = new VectorKernel();
        double sum = 0;
        for (int step = 0; step < 100; step++) {
            sum += loss(block, floats(block.in), floats(block.out));
            kernel.step(block, 0.1f);
        }
        assertThat(block.takeLoss()).isCloseTo(sum, within(1e-5 * sum));
        assertThat(block.takeLoss()).isZero();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void largeProductsSaturateWithoutNaN(Kernel kernel) {
        Block block = block(new int[] {1, 2, 16}, 1);
        for (int d = 0; d < 16; d++) {
            block.in.set(0, d, 100f);
            block.out.set(0, d, 100f);
            block.out.set(1, d, 100f);
        }
        double loss = step(kernel, block);
        assertThat(loss).isCloseTo(16 * 100 * 100, within(1.0));
        assertThat(floats(block.in)).doesNotContain(Float.NaN);
    }
}
