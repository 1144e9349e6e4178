package dev.jeton.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    @TempDir
    Path folder;

    @Test
    void readsMnist() {
        ImageSource train = Idx.images(Shared.file("data/mnist"));
        ImageSource test = Idx.images(Shared.file("data/mnist"), Split.TEST);

        assertThat(train.size()).isEqualTo(20_000);
        assertThat(test.size()).isEqualTo(10_000);
        assertThat(train.shape()).isEqualTo(new ImageShape(1, 28, 28));
        assertThat(train.labelNames()).hasSize(10).startsWith("0", "1");
        // known from everywhere: the first training digits are 5, 0, 4, the first test digits 7, 2, 1
        assertThat(new int[] {train.label(0), train.label(1), train.label(2)}).containsExactly(5, 0, 4);
        assertThat(new int[] {test.label(0), test.label(1), test.label(2)}).containsExactly(7, 2, 1);
        // row 5 of the first digit begins its stroke with 3, 18, 18, 18, 126, 136
        assertThat(train.pixels(0)).containsSequence(3, 18, 18, 18, 126, (byte) 136);
    }

    @Test
    void readsPlainAndGzippedFilesWithPrefixes() throws IOException {
        byte[] images = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        write("emnist-letters-test-images.idx3-ubyte.gz", idx(images, 2, 2, 3), true);
        write("emnist-letters-test-labels.idx1-ubyte", idx(new byte[] {(byte) 200, 3}, 2), false);

        ImageSource test = Idx.images(folder, Split.TEST);

        assertThat(test.shape()).isEqualTo(new ImageShape(1, 2, 3));
        assertThat(test.pixels(1)).containsExactly(7, 8, 9, 10, 11, 12);
        assertThat(test.label(0)).isEqualTo(200);
        assertThat(test.labelNames()).hasSize(201);
        assertThatThrownBy(() -> Idx.images(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("training part");
    }

    @Test
    void imagesWithoutLabelFileHaveNoLabels() throws IOException {
        write("train-images-idx3-ubyte", idx(new byte[4], 1, 2, 2), false);

        ImageSource images = Idx.images(folder);

        assertThat(images.labelled()).isFalse();
        assertThatThrownBy(() -> images.label(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> images.label(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        refuses(idx(new byte[5], 1, 2, 3), "ends after 5 values");
        refuses(idx(new byte[7], 1, 2, 3), "goes on after");
        refuses(idx(new byte[6], 6), "starts with 0x00000801");
        refuses(idx(new byte[6], 1 << 20, 1 << 20, 1), "more than 2 GiB");
        refuses(idx(new byte[6], -1, 2, 3), "dimensions [-1]");
        refuses(idx(new byte[0], 9, 0, 3), "images of 0 × 3");
        refuses(idx(new byte[6], 1 << 10, 1 << 10, 1 << 10), "ends before");
        refuses(new byte[7], "starts with");
        refuses(new byte[] {0, 0, 8, 3, 0}, "ends early");
    }

    @Test
    void labelsMustBeAsManyAsImages() throws IOException {
        write("train-images-idx3-ubyte", idx(new byte[4], 1, 2, 2), false);
        write("train-labels-idx1-ubyte", idx(new byte[2], 2), false);

        assertThatThrownBy(() -> Idx.images(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("2 labels for 1 images");
    }

    private void refuses(byte[] file, String rule) throws IOException {
        write("train-images-idx3-ubyte", file, false);
        assertThatThrownBy(() -> Idx.images(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("train-images-idx3-ubyte")
                .hasMessageContaining(rule);
    }

    private void write(String name, byte[] bytes, boolean gzip) throws IOException {
        OutputStream file = Files.newOutputStream(folder.resolve(name));
        try (OutputStream out = gzip ? new GZIPOutputStream(file) : file) {
            out.write(bytes);
        }
    }

    /** An IDX file of unsigned bytes. */
    static byte[] idx(byte[] values, int... dimensions) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length);
        file.putInt(0x0800 | dimensions.length);
        for (int dimension : dimensions) {
            file.putInt(dimension);
        }
        return file.put(values).array();
    }
}
