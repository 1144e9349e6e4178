package dev.jeton.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kernel's step is the gradient of the loss it reports, and the fast kernel does what the plain one does. */
final class KernelTest {
    private static final float RATE = 1e-3f;

    /** Inputs, outputs, dimension: less than a register, whole ones, more inputs than the loss is gathered for, one of each. */
    static Stream<int[]> sizes() {
        return Stream.of(new int[] {4, 6, 100}, new int[] {1, 1, 3}, new int[] {7, 5, 16}, new int[] {128, 2, 50});
    }

    private static Block block(int[] size, long seed) {
        int stride = Matrix.padded(size[2]);
        Block block = new Block(stride, size[0], size[1], size[0]);
        Randoms random = new Randoms(seed, size[0], size[1]);
        for (int i = 0; i < size[0]; i++) {
            block.inputAt[i] = (size[0] - 1 - i) * stride;
            fill(block.in, block.inputAt[i], size[2], random);
        }
        for (int o = 0; o < size[1]; o++) {
            block.output(o, o * stride, o == 0 ? 1 : o % 4 == 3 ? 0 : -1);
            fill(block.out, block.outputAt[o], size[2], random);
        }
        block.inputs = size[0];
        block.outputs(size[1]);
        return block;
    }

    private static void fill(float[] target, int at, int count, Randoms random) {
        for (int d = 0; d < count; d++) {
            target[at + d] = random.centred();
        }
    }

    private static double step(Kernel kernel, Block block) {
        kernel.step(block, RATE);
        return block.takeLoss();
    }

    /** The loss by its definition, in doubles. */
    private static double loss(Block block, float[] in, float[] out) {
        double loss = 0;
        for (int o = 0; o < block.outputs; o++) {
            for (int i = 0; i < block.inputs && block.signs[o] != 0; i++) {
                double product = 0;
                for (int d = 0; d < block.stride; d++) {
                    product += (double) in[block.inputAt[i] + d] * out[block.outputAt[o] + d];
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
            float[] in = block.in.clone();
            float[] out = block.out.clone();
            assertThat(step(kernel, block)).isCloseTo(loss(block, in, out), within(1e-4 * size[0] * size[1]));
            for (int place = 0; place < in.length; place += 5) {
                assertThat((in[place] - block.in[place]) / RATE)
                        .as("input %d of %s", place, Arrays.toString(size))
                        .isCloseTo((float) difference(block, in, out, in, place), within(3e-3f));
            }
            for (int place = 0; place < size[1] * block.stride; place += 5) {
                assertThat((out[place] - block.out[place]) / RATE)
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
        assertThat(fast.in).containsExactly(plain.in, within(1e-6f));
        assertThat(fast.out).containsExactly(plain.out, within(1e-6f));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void rowsGoToAndFromTheirMatrix(Kernel kernel) {
        Matrix matrix = Matrix.zeros(3, 21);
        float[] row = new float[21];
        for (int d = 0; d < row.length; d++) {
            row[d] = d + 1;
        }
        matrix.setRow(1, row);
        float[] now = new float[2 * matrix.stride()];
        float[] before = new float[2 * matrix.stride()];
        kernel.load(matrix, 1, now, before, matrix.stride());
        assertThat(before).isEqualTo(now);
        kernel.scale(3, now, new float[2 * matrix.stride()], matrix.stride(), matrix.stride());
        kernel.addChange(matrix, 1, now, before, matrix.stride());
        assertThat(matrix.get(1, 20)).isEqualTo(63f);
        assertThat(matrix.get(0, 20)).isZero();
        assertThat(matrix.get(2, 0)).isZero();
        assertThat(kernel.dot(matrix, 1, row)).isCloseTo(3 * 21 * 22 * 43 / 6f, within(1e-2f));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theMeanOfInputsIsTakenAndWhatItLearnedSpread(Kernel kernel) {
        Block block = block(new int[] {5, 1, 20}, 3);
        float[] in = block.in.clone();
        float[] before = new float[in.length];
        int mean = 4 * block.stride;
        block.near = 4;
        for (int i = 0; i < 4; i++) {
            block.nearAt[i] = i * block.stride;
        }
        kernel.mean(block, before, mean);
        for (int d = 0; d < block.stride; d++) {
            float expected = (in[d] + in[block.stride + d] + in[2 * block.stride + d] + in[3 * block.stride + d]) / 4;
            assertThat(block.in[mean + d]).isCloseTo(expected, within(1e-6f));
            assertThat(before[mean + d]).isEqualTo(block.in[mean + d]);
            block.in[mean + d] += d;
        }
        kernel.spread(block, before, mean);
        for (int place = 0; place < mean; place++) {
            assertThat(block.in[place]).isCloseTo(in[place] + place % block.stride, within(1e-5f));
        }
    }

    @Test
    void theLossOfManyStepsIsTheirSum() {
        Block block = block(new int[] {10, 6, 16}, 2);
        Kernel kernel = new VectorKernel();
        double sum = 0;
        for (int step = 0; step < 100; step++) {
            sum += loss(block, block.in, block.out);
            kernel.step(block, 0.1f);
        }
        assertThat(block.takeLoss()).isCloseTo(sum, within(1e-5 * sum));
        assertThat(block.takeLoss()).isZero();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void largeProductsSaturateWithoutNaN(Kernel kernel) {
        Block block = block(new int[] {1, 2, 16}, 1);
        Arrays.fill(block.in, 100f);
        Arrays.fill(block.out, 0, 32, 100f);
        double loss = step(kernel, block);
        assertThat(loss).isCloseTo(16 * 100 * 100, within(1.0));
        assertThat(block.in).doesNotContain(Float.NaN);
    }
}
