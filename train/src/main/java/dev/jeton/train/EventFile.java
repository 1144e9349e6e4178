package dev.jeton.train;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/**
 * An event file, as TensorBoard reads it: curves, pictures and texts by step.
 *
 * <pre>{@code
 * try (var events = EventFile.create(folder)) {
 *     events.scalar("train/loss", step, loss);
 * }
 * }</pre>
 *
 * <p>Each event is a TFRecord that holds a Protocol Buffers message {@code tensorflow.Event}. Not thread-safe.
 */
public final class EventFile implements AutoCloseable {
    private static final AtomicInteger FILES = new AtomicInteger();
    private static final int CRC_MASK = 0xa282ead8;

    /** {@code DT_STRING} of TensorFlow's types. */
    private static final int STRING_TYPE = 7;

    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final Path file;
    private final OutputStream out;
    private final Clock clock;

    private EventFile(Path folder, Clock clock) {
        this.clock = clock;
        this.file = folder.resolve("events.out.tfevents.%010d.jeton.%d.%d"
                .formatted(
                        clock.instant().getEpochSecond(),
                        ProcessHandle.current().pid(),
                        FILES.getAndIncrement()));
        try {
            Files.createDirectories(folder);
            this.out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be created: " + e, e);
        }
        write(event(0).text(3, "brain.Event:2")); // the version of the format
    }

    /** Begins a file of its own in a folder of event files, which is made where it does not exist. */
    public static EventFile create(Path folder) {
        return new EventFile(folder, Clock.systemUTC());
    }

    /** Begins a file that replaces what the older ones in the folder say of this step and later ones. */
    public static EventFile resume(Path folder, long step) {
        EventFile file = create(folder);
        file.write(file.event(step).message(7, new ProtoMessage().integer(1, 1))); // a session starts
        return file;
    }

    /** Adds a point of a curve. */
    public void scalar(String tag, long step, double value) {
        scalars(step, Map.of(tag, value));
    }

    /** Adds a point to each of several curves. */
    public void scalars(long step, Map<String, Double> values) {
        ProtoMessage summary = new ProtoMessage();
        values.forEach((tag, value) ->
                summary.message(1, new ProtoMessage().text(1, tag).float32(2, value.floatValue())));
        write(event(step).message(5, summary));
    }

    /**
     * Adds a picture.
     *
     * @param png a PNG file's content
     * @throws IllegalArgumentException if it is something else
     */
    public void picture(String tag, long step, byte[] png) {
        if (png.length < 26 || !ByteBuffer.wrap(png, 0, 8).equals(ByteBuffer.wrap(PNG_SIGNATURE))) {
            throw new IllegalArgumentException("picture: '" + tag + "' must be the content of a PNG file");
        }
        ByteBuffer header = ByteBuffer.wrap(png, 16, 10); // width, height, bits, colour type
        ProtoMessage image = new ProtoMessage()
                .integer(2, header.getInt())
                .integer(1, header.getInt())
                .integer(3, channels(png[25]))
                .bytes(4, png);
        summary(step, new ProtoMessage().text(1, tag).message(4, image));
    }

    private static int channels(byte pngColourType) {
        return switch (pngColourType) {
            case 0 -> 1;
            case 4 -> 2;
            case 6 -> 4;
            default -> 3;
        };
    }

    /** Adds a text, in Markdown. */
    public void text(String tag, long step, String markdown) {
        ProtoMessage shape = new ProtoMessage().message(2, new ProtoMessage().integer(1, 1));
        ProtoMessage tensor =
                new ProtoMessage().integer(1, STRING_TYPE).message(2, shape).text(8, markdown);
        ProtoMessage metadata = new ProtoMessage().message(1, new ProtoMessage().text(1, "text"));
        summary(step, new ProtoMessage().text(1, tag).message(8, tensor).message(9, metadata));
    }

    private void summary(long step, ProtoMessage value) {
        write(event(step).message(5, new ProtoMessage().message(1, value)));
    }

    private ProtoMessage event(long step) {
        Instant now = clock.instant();
        return new ProtoMessage()
                .float64(1, now.getEpochSecond() + now.getNano() / 1e9)
                .integer(2, step);
    }

    /** Writes a TFRecord in one piece, so that a reader that follows the file never sees half of one for long. */
    private void write(ProtoMessage event) {
        byte[] data = event.toBytes();
        ByteBuffer record = ByteBuffer.allocate(16 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(maskedCrc(record.array(), 8));
        record.put(data);
        record.putInt(maskedCrc(data, data.length));
        try {
            out.write(record.array());
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e, e);
        }
    }

    private static int maskedCrc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
    }

    /** Closes the file. */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be closed: " + e, e);
        }
    }
}
