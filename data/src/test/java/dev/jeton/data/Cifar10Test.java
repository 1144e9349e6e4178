package dev.jeton.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
    @TempDir
    Path folder;

    @Test
    void readsAllTrainingFilesInOrder() throws IOException {
        Files.write(folder.resolve("data_batch_1.bin"), records(3, 0));
        Files.write(folder.resolve("data_batch_2.bin"), records(1, 4));
        Files.write(folder.resolve("test_batch.bin"), records(1, 9));

        ImageSource train = Cifar10.images(folder);

        assertThat(train.size()).isEqualTo(4);
        assertThat(train.shape()).isEqualTo(new ImageShape(3, 32, 32));
        assertThat(train.label(2)).isEqualTo(2);
        assertThat(train.labelNames().get(train.label(3))).isEqualTo("deer");
        assertThat(train.pixels(3)).hasSize(3072).containsOnly((byte) 104);
        assertThat(Cifar10.images(folder, Split.TEST).label(0)).isEqualTo(9);
        assertThat(Images.open(folder.toString()).size()).isEqualTo(4);
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Path file = folder.resolve("data_batch_1.bin");
        Files.write(file, new byte[3072]);
        assertThatThrownBy(() -> Cifar10.images(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data_batch_1.bin: 3072 bytes are not whole records");
        Files.write(file, records(2, 9));
        assertThatThrownBy(() -> Cifar10.images(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("byte 3073: label 10");
        Files.delete(file);
        assertThatThrownBy(() -> Cifar10.images(folder)).isInstanceOf(DataException.class);
    }

    /** Records with labels from {@code label} on, each image one shade: 100 and its label. */
    private static byte[] records(int count, int label) {
        byte[] records = new byte[count * 3073];
        for (int i = 0; i < count; i++) {
            Arrays.fill(records, i * 3073, (i + 1) * 3073, (byte) (100 + label + i));
            records[i * 3073] = (byte) (label + i);
        }
        return records;
    }
}
