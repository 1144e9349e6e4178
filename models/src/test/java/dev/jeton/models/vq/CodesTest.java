package dev.jeton.models.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodesTest {
    private static byte[] bytes(Codes codes) throws IOException {
        var out = new ByteArrayOutputStream();
        codes.write(out);
        return out.toByteArray();
    }

    private static Codes read(byte[] bytes) throws IOException {
        return Codes.read(new ByteArrayInputStream(bytes), "memory");
    }

    @Test
    void comeBackFromFiles(@TempDir Path folder) throws IOException {
        Codes flat = Codes.of(2, 3, 1, 0, 1, 2, 3, 4, 511);
        Codes deep = Codes.of(1, 2, 2, 5, 6, 7, 8);
        flat.write(folder.resolve("flat.npy"));
        assertThat(Codes.read(folder.resolve("flat.npy"))).isEqualTo(flat);
        assertThat(read(bytes(deep))).isEqualTo(deep).isNotEqualTo(flat);
        assertThat(deep.at(0, 1, 1)).isEqualTo(8);
        assertThat(flat.at(1, 2)).isEqualTo(511);
        assertThat(flat.toString()).isEqualTo("  0   1   2\n  3   4 511");
        assertThat(deep.toString()).isEqualTo("5/6 7/8");
    }

    /** What {@code numpy.save} of NumPy 1.26 writes before the numbers of an int32 array of 2 × 3. */
    @Test
    void areWrittenAsNumPyWritesThem() throws IOException {
        byte[] written = bytes(Codes.of(2, 3, 1, 0, 1, 2, 3, 4, 5));
        String header = "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }";
        assertThat(written).hasSize(128 + 24);
        assertThat(new String(written, 0, 128, StandardCharsets.ISO_8859_1))
                .isEqualTo("\u0093NUMPY\u0001\u0000v\u0000" + header + " ".repeat(117 - header.length()) + "\n");
    }

    @Test
    void ofTwoLevelsComeBackFromFiles(@TempDir Path folder) throws IOException {
        var codes = new TwoLevelCodes(Codes.of(1, 1, 1, 7), Codes.of(2, 2, 1, 1, 2, 3, 4));
        Path file = folder.resolve("codes.npz");
        codes.write(file);
        assertThat(TwoLevelCodes.read(file)).isEqualTo(codes);
        assertThatThrownBy(() -> new TwoLevelCodes(codes.bottom(), codes.top()))
                .hasMessageContaining("twice the top's");
    }

    @Test
    void refuseWhatIsNone() throws IOException {
        byte[] good = bytes(Codes.of(2, 3, 1, 0, 1, 2, 3, 4, 5));
        assertThatThrownBy(() -> read("GIF89a..".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("memory: not a NumPy file");
        assertThatThrownBy(() -> read(java.util.Arrays.copyOf(good, 140))).hasMessageContaining("ends too early");
        String text = new String(good, StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(text.replace("<i4", "<f4").getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("int32 or int64");
        assertThatThrownBy(() -> read(text.replace("(2, 3)", "(6)   ").getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("two or three dimensions");
        good[130] = (byte) 0xff;
        good[131] = (byte) 0xff;
        assertThatThrownBy(() -> read(good)).hasMessageContaining("code 0 must be from 0");
    }

    /** Whatever the bytes are, nothing but an IOException comes out. */
    @Test
    void surviveMutations() throws IOException {
        long seed = 20261124;
        var random = new Random(seed);
        byte[] good = bytes(Codes.of(2, 3, 1, 0, 1, 2, 3, 4, 5));
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = good.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            try {
                Codes codes = read(mutated);
                assertThat(codes.toArray()).as("seed " + seed + ", round " + i).isNotEmpty();
            } catch (IOException e) {
                assertThat(e.getMessage()).startsWith("memory: ");
            }
        }
    }
}
