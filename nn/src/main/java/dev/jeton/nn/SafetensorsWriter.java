package dev.jeton.nn;

import dev.jeton.torch.Device;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes safetensors files. */
final class SafetensorsWriter {
    /** What is handed to the system at once. */
    private static final long CHUNK = 1L << 28;

    private SafetensorsWriter() {}

    static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        List<Map.Entry<String, Tensor>> order = order(tensors);
        SafetensorsHeader header = header(order, metadata);
        replace(file, channel -> {
            byte[] json = header.toJson();
            ByteBuffer start = ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN);
            writeAll(channel, start.putLong(json.length).put(json).flip());
            for (Map.Entry<String, Tensor> each : order) {
                write(channel, each.getValue());
            }
        });
    }

    /** What is in a file. */
    interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Writes a file in one step: under a name of its own first, which then takes the place of what was there. */
    static void replace(Path file, Content content) {
        Path whole = file.toAbsolutePath();
        Path draft = whole.resolveSibling("." + whole.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e, e);
        } finally {
            deleteQuietly(draft);
        }
    }

    /** Widest elements first, so that every tensor is aligned; by name among equals, so that equal states give equal files. */
    private static List<Map.Entry<String, Tensor>> order(Map<String, Tensor> tensors) {
        List<Map.Entry<String, Tensor>> entries = new ArrayList<>(tensors.entrySet());
        entries.sort(Comparator.comparingInt((Map.Entry<String, Tensor> each) ->
                        -each.getValue().dtype().bytes())
                .thenComparing(Map.Entry::getKey));
        return entries;
    }

    private static SafetensorsHeader header(List<Map.Entry<String, Tensor>> order, Map<String, String> metadata) {
        Map<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();
        long place = 0;
        for (Map.Entry<String, Tensor> each : order) {
            String name = each.getKey();
            Tensor tensor = each.getValue();
            if (name.equals("__metadata__")) {
                throw new CheckpointException("no tensor can be named __metadata__ in a safetensors file");
            }
            SafetensorsHeader.nameOf(tensor.dtype());
            long end = place + tensor.elements() * tensor.dtype().bytes();
            entries.put(name, new SafetensorsHeader.Entry(tensor.dtype(), tensor.shape(), place, end));
            place = end;
        }
        return new SafetensorsHeader(entries, metadata);
    }

    private static void write(FileChannel channel, Tensor tensor) throws IOException {
        if (tensor.elements() == 0) {
            return;
        }
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            MemorySegment memory = tensor.detach().to(Device.CPU).contiguous().memory();
            for (long from = 0; from < memory.byteSize(); from += CHUNK) {
                writeAll(
                        channel,
                        memory.asSlice(from, Math.min(CHUNK, memory.byteSize() - from))
                                .asByteBuffer());
            }
        }
    }

    static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static void deleteQuietly(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            System.getLogger(SafetensorsWriter.class.getName())
                    .log(System.Logger.Level.WARNING, () -> "could not delete the draft " + draft, e);
        }
    }
}
