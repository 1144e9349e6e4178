package dev.jeton.train;

import dev.jeton.nn.CheckpointException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file {@code checkpoint.json}.
 *
 * @param content what it says
 * @param crc32c the checksum of {@code content}, as compact JSON
 */
record Manifest(Content content, String crc32c) {
    private static final String NAME = "checkpoint.json";
    private static final int FORMAT = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What the checksum is of. */
    record Content(int format, RunState state, Map<String, FileMark> files) {}

    /** By what a file is known again. */
    record FileMark(long bytes, String crc32c) {
        static FileMark of(Path file) throws IOException {
            CRC32C crc = new CRC32C();
            long bytes = 0;
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
            try (FileChannel channel = FileChannel.open(file)) {
                while (channel.read(buffer) >= 0) {
                    buffer.flip();
                    bytes += buffer.remaining();
                    crc.update(buffer);
                    buffer.clear();
                }
            }
            return new FileMark(bytes, hex(crc));
        }
    }

    static Manifest of(RunState state, Map<String, FileMark> files) {
        Content content = new Content(FORMAT, state, files);
        return new Manifest(content, checksum(content));
    }

    private static String checksum(Content content) {
        CRC32C crc = new CRC32C();
        crc.update(JSON.writeValueAsString(content).getBytes(StandardCharsets.UTF_8));
        return hex(crc);
    }

    private static String hex(CRC32C crc) {
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    void write(Path checkpoint) throws IOException {
        byte[] text = JSON.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(this);
        DurableFiles.write(checkpoint.resolve(NAME), text);
    }

    /** @throws CheckpointException if the file is none */
    static Manifest read(Path checkpoint) {
        Path file = checkpoint.resolve(NAME);
        try {
            return JSON.readValue(Files.readAllBytes(file), Manifest.class);
        } catch (JacksonException e) {
            throw new CheckpointException(file + ": is damaged: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e, e);
        }
    }

    /** Returns which file is missing, or shorter than it was written. */
    static Optional<String> lack(Path checkpoint) {
        Path file = checkpoint.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                return Optional.of(file + ": is missing, so the checkpoint is incomplete");
            }
            Manifest manifest = JSON.readValue(Files.readAllBytes(file), Manifest.class);
            for (Map.Entry<String, FileMark> entry : manifest.content.files.entrySet()) {
                Path part = checkpoint.resolve(entry.getKey());
                if (!Files.exists(part)) {
                    return Optional.of(part + ": is missing, so the checkpoint is incomplete");
                }
                if (Files.size(part) < entry.getValue().bytes) {
                    return Optional.of(part + ": ends after " + Files.size(part) + " of " + entry.getValue().bytes
                            + " bytes, so the checkpoint is incomplete");
                }
            }
            return Optional.empty();
        } catch (UnexpectedEndOfInputException e) {
            return Optional.of(file + ": ends in the middle, so the checkpoint is incomplete");
        } catch (JacksonException e) {
            return Optional.empty(); // damaged, which is another matter
        } catch (IOException e) {
            throw new UncheckedIOException(checkpoint + ": cannot be read: " + e, e);
        }
    }

    /**
     * Compares everything with its checksum.
     *
     * @return the state
     * @throws CheckpointException if something differs
     */
    RunState check(Path checkpoint) {
        Path file = checkpoint.resolve(NAME);
        if (content.format != FORMAT) {
            throw new CheckpointException(file + ": is of format " + content.format + ", this version reads " + FORMAT);
        }
        if (!crc32c.equals(checksum(content))) {
            throw new CheckpointException(file + ": is damaged: its checksum is not " + crc32c);
        }
        content.files.forEach((name, mark) -> {
            Path part = checkpoint.resolve(name);
            try {
                if (!FileMark.of(part).equals(mark)) {
                    throw new CheckpointException(part + ": is damaged: its bytes are not those that were written");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(part + ": cannot be read: " + e, e);
            }
        });
        return content.state;
    }
}
