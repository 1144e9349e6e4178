package dev.jeton.cli;

import dev.jeton.data.Batch;
import dev.jeton.data.Glyphs;
import dev.jeton.data.Mosaic;
import dev.jeton.data.Pictures;
import dev.jeton.data.Shuffle;
import dev.jeton.nn.Layer;
import dev.jeton.nn.Linear;
import dev.jeton.nn.Loss;
import dev.jeton.text.BpeTrainer;
import dev.jeton.text.Tokenizer;
import dev.jeton.torch.Tensor;
import dev.jeton.train.BatchSource;
import dev.jeton.train.Curve;
import dev.jeton.train.Progress;
import dev.jeton.train.TrainOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The words that the programs of README and of the guides take for granted. */
public abstract class ProgramWords {
    protected static final TrainOptions QUICK =
            TrainOptions.defaults().withSteps(2).withBatchSize(4).withProgress(Progress.silent());

    private final Path home;

    protected final Path folder;
    protected final Path run;

    protected final long seed = 1;
    protected final BufferedImage image =
            Pictures.of(Mosaic.images(32, 3).pixels(0), Mosaic.images(32, 3).shape());
    protected final BufferedImage other =
            Pictures.of(Mosaic.images(32, 3).pixels(1), Mosaic.images(32, 3).shape());
    protected final byte[] png = Pictures.png(image);

    protected final Net model = new Net();
    protected final BatchSource<Batch> batches = BatchSource.of(List.of(
            Glyphs.images(1).take(8).batches(8, Shuffle.seeded(1)).iterator().next()));
    protected final BatchSource<Batch> heldBack = batches;
    protected final TrainOptions options = QUICK;
    protected final long step = 1;
    protected final double loss = 0.5;
    protected final List<Curve.Point> points = List.of(new Curve.Point(0, 1), new Curve.Point(1, 0.5));

    protected final Tokenizer tokenizer;
    protected final String document = "Everything becomes tokens.";
    protected final String question = "What becomes tokens?";
    protected final String passage = document;
    protected final List<String> texts = List.of(question, passage);
    protected final int[] buffer = new int[100];
    protected final int[] ids;

    /** Prepares the files that programs open. */
    protected ProgramWords(Path home) throws IOException {
        this.home = home;
        this.folder = writeIdx(home.resolve("digits"));
        this.run = home.resolve("run");
        // ten words, so that the ten nearest are all others, whatever threads that train together make of them
        String text = "the king and the queen of paris met a man and a woman .\n".repeat(200);
        for (String name : List.of("news", "corpus")) {
            Files.writeString(Files.createDirectories(home.resolve(name)).resolve("text.txt"), text);
        }
        BpeTrainer.byteLevel(300).train(List.of(home.resolve("corpus"))).save(home);
        Files.writeString(
                home.resolve("chat_template.jinja"),
                "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}");
        tokenizer = Tokenizer.load(home);
        ids = tokenizer.encode(document).ids();
    }

    /** What the program does. */
    public abstract void run() throws Exception;

    /** Places a relative path of a program. */
    protected final Path at(String path) {
        return home.resolve(path);
    }

    /** A model with a loss of its own. */
    protected static final class Net extends Layer {
        private final Linear only = child("only", Linear.of(784, 10));

        /** Returns how far labels are from what the model says of pixels. */
        public Tensor loss(Batch batch) {
            return Loss.crossEntropy(only.forward(batch.pixels().reshape(-1, 784)), batch.labels());
        }
    }

    /** Stands for a loss in a step of two. */
    protected final Tensor generatorLoss(Batch batch) {
        return model.loss(batch);
    }

    /** Stands for the other one. */
    protected final Tensor discriminatorLoss(Batch batch) {
        return model.loss(batch);
    }

    /** Both parts of a small set of digits as MNIST's files have them. */
    private static Path writeIdx(Path folder) throws IOException {
        Files.createDirectories(folder);
        int count = 128;
        for (String part : List.of("train", "t10k")) {
            Glyphs glyphs = Glyphs.images(part.length());
            try (OutputStream images = Files.newOutputStream(folder.resolve(part + "-images-idx3-ubyte"));
                    OutputStream labels = Files.newOutputStream(folder.resolve(part + "-labels-idx1-ubyte"))) {
                images.write(ByteBuffer.allocate(16)
                        .putInt(0x803)
                        .putInt(count)
                        .putInt(28)
                        .putInt(28)
                        .array());
                labels.write(ByteBuffer.allocate(8).putInt(0x801).putInt(count).array());
                for (int i = 0; i < count; i++) {
                    images.write(glyphs.pixels(i));
                    labels.write(glyphs.label(i));
                }
            }
        }
        return folder;
    }
}
