package dev.jeton.train;

import dev.jeton.nn.AdamW;
import dev.jeton.nn.Dropout;
import dev.jeton.nn.Layer;
import dev.jeton.nn.Linear;
import dev.jeton.nn.Loss;
import dev.jeton.torch.Generator;
import dev.jeton.torch.LibTorch;
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import java.util.Random;
import java.util.stream.IntStream;

/** A batch of the task that these tests train on: four numbers, of which two functions are to be learnt. */
record Sample(int rows, float[] input, float[] target) {
    static final int WIDTH = 4;

    Tensor inputs() {
        return Tensor.of(input, Shape.of(rows, WIDTH));
    }

    Tensor targets() {
        return Tensor.of(target, Shape.of(rows, 2));
    }

    static Sample draw(int rows, long seed) {
        Random random = new Random(seed);
        float[] input = new float[rows * WIDTH];
        float[] target = new float[rows * 2];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < WIDTH; j++) {
                input[i * WIDTH + j] = (float) random.nextGaussian();
            }
            target[2 * i] = input[i * WIDTH] * input[i * WIDTH + 1];
            target[2 * i + 1] = input[i * WIDTH + 2];
        }
        return new Sample(rows, input, target);
    }

    /** As many batches as are asked for, the same each time. */
    static BatchSource<Sample> batches(int count, int rows) {
        return BatchSource.of(
                IntStream.range(0, count).mapToObj(i -> draw(rows, i)).toList());
    }

    static BatchSource<Sample> heldBack() {
        return BatchSource.of(
                IntStream.range(0, 3).mapToObj(i -> draw(16, 1000 + i)).toList());
    }

    /** A network with all that a checkpoint must hold: weights, random numbers (dropout), a buffer that changes. */
    static final class Network extends Layer {
        private final Linear hidden = child("hidden", Linear.of(WIDTH, 16));
        private final Dropout dropout;
        private final Linear head = child("head", Linear.of(16, 2));
        private final Tensor calls = buffer("calls", Tensor.zeros(1));

        private Network(double drop) {
            dropout = child("dropout", Dropout.of(drop));
        }

        /** Returns a network that is the same each time. */
        static Network fresh(double drop) {
            LibTorch.setThreads(1); // too little work to share
            Generator.standard().seed(7);
            return new Network(drop);
        }

        Tensor loss(Sample sample) {
            if (isTraining()) {
                calls.addInPlace(1);
            }
            Tensor hiddenStates =
                    dropout.forward(hidden.forward(sample.inputs()).tanh());
            return Loss.mse(head.forward(hiddenStates), sample.targets());
        }

        Trainer<Sample> trainer() {
            return Trainer.of(this, AdamW.of(parameters(), 1e-2), Network::loss);
        }
    }
}
