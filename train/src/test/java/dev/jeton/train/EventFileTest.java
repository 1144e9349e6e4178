package dev.jeton.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes worked out by hand from the formats; TensorBoard's own reader was seen to accept the files. */
class EventFileTest {
    /** A grey picture of one pixel. */
    static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==");

    @TempDir
    Path folder;

    @Test
    void beginsWithTheVersionOfTheFormat() throws IOException {
        EventFile.create(folder).close();
        List<byte[]> events = events();
        assertThat(events).hasSize(1);
        assertThat(new String(events.getFirst(), StandardCharsets.ISO_8859_1)).endsWith("\u001a\rbrain.Event:2");
    }

    @Test
    void writesAPointOfACurve() throws IOException {
        try (EventFile file = EventFile.create(folder)) {
            file.scalar("loss", 300, 0.5);
        }
        byte[] event = events().get(1);
        // wall time (9 bytes), step 300, summary { value { tag "loss", simple_value 0.5f } }
        assertThat(hex(event, 9)).isEqualTo("10ac02" + "2a0d" + "0a0b" + "0a046c6f7373" + "150000003f");
        double seconds =
                ByteBuffer.wrap(event, 1, 8).order(ByteOrder.LITTLE_ENDIAN).getDouble();
        assertThat(event[0]).isEqualTo((byte) 0x09);
        assertThat(seconds).isBetween(System.currentTimeMillis() / 1e3 - 60, System.currentTimeMillis() / 1e3 + 60);
    }

    @Test
    void writesAPictureWithItsSize() throws IOException {
        try (EventFile file = EventFile.create(folder)) {
            file.picture("a", 1, PNG);
        }
        String event = hex(events().get(1), 9);
        assertThat(event).contains("0a0161").contains("1001" + "0801" + "1801" + "22"); // width, height, channels
        assertThat(event).endsWith(HexFormat.of().formatHex(PNG));
    }

    @Test
    void refusesAPictureThatIsNoPng() {
        try (EventFile file = EventFile.create(folder)) {
            assertThatThrownBy(() -> file.picture("a", 1, new byte[40]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("PNG");
        }
    }

    @Test
    void hidesWhatOlderFilesSayOfLaterSteps() throws IOException {
        EventFile.resume(folder, 5).close();
        assertThat(hex(events().get(1), 9)).isEqualTo("1005" + "3a020801"); // session_log { status START }
    }

    /** Splits the only file of the folder into records, checking lengths and checksums. */
    private List<byte[]> events() throws IOException {
        Path file;
        try (var files = Files.list(folder)) {
            file = files.toList().getFirst();
        }
        ByteBuffer rest = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> events = new ArrayList<>();
        while (rest.hasRemaining()) {
            ByteBuffer length = rest.slice(rest.position(), 8);
            byte[] data = new byte[(int) rest.getLong()];
            assertThat(rest.getInt()).isEqualTo(maskedCrc(length));
            rest.get(data);
            assertThat(rest.getInt()).isEqualTo(maskedCrc(ByteBuffer.wrap(data)));
            events.add(data);
        }
        return events;
    }

    private static int maskedCrc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        long value = crc.getValue();
        return (int) (((value >>> 15) | (value << 17)) + 0xa282ead8L);
    }

    private static String hex(byte[] bytes, int from) {
        return HexFormat.of().formatHex(bytes, from, bytes.length);
    }
}
