package dev.jeton.nn;

import dev.jeton.torch.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes a model's weights to a folder, as one file or as several beside the index that names them. */
final class ShardsWriter {
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private final Path folder;
    private final Path single;
    private final Path index;

    private ShardsWriter(Path folder) {
        this.folder = folder;
        this.single = folder.resolve(Safetensors.SINGLE);
        this.index = folder.resolve(Safetensors.INDEX);
    }

    static void write(Path folder, Map<String, Tensor> tensors, long mostBytes) {
        if (mostBytes < 1) {
            throw new IllegalArgumentException(
                    "writeShards: a file must have room for at least 1 byte, got " + mostBytes);
        }
        new ShardsWriter(folder).write(shards(tensors, mostBytes));
    }

    /** Fills one file after the other, in the order of the tensors; what is longer than a file has one of its own. */
    private static List<Map<String, Tensor>> shards(Map<String, Tensor> tensors, long mostBytes) {
        List<Map<String, Tensor>> shards = new ArrayList<>();
        shards.add(new LinkedHashMap<>());
        long filled = 0;
        for (Map.Entry<String, Tensor> each : tensors.entrySet()) {
            long bytes = bytes(each.getValue());
            if (filled > 0 && filled + bytes > mostBytes) {
                shards.add(new LinkedHashMap<>());
                filled = 0;
            }
            shards.getLast().put(each.getKey(), each.getValue());
            filled += bytes;
        }
        return shards;
    }

    private static long bytes(Tensor tensor) {
        return tensor.elements() * tensor.dtype().bytes();
    }

    /** Readers follow the single file, or else the index: until that is replaced, what it names stays as it was. */
    private void write(List<Map<String, Tensor>> shards) {
        Set<Path> before = named();
        if (shards.size() == 1) {
            SafetensorsWriter.write(single, shards.getFirst(), METADATA);
            delete(index);
            before.forEach(this::delete);
            return;
        }
        String stem = freeStem(before, shards.size());
        Map<String, String> places = new TreeMap<>();
        long bytes = 0;
        for (int i = 0; i < shards.size(); i++) {
            String name = name(stem, i, shards.size());
            SafetensorsWriter.write(folder.resolve(name), shards.get(i), METADATA);
            for (Map.Entry<String, Tensor> each : shards.get(i).entrySet()) {
                places.put(each.getKey(), name);
                bytes += bytes(each.getValue());
            }
        }
        byte[] json = ShardIndex.toJson(places, bytes);
        SafetensorsWriter.replace(index, channel -> SafetensorsWriter.writeAll(channel, ByteBuffer.wrap(json)));
        delete(single);
        before.forEach(this::delete);
    }

    /** Returns the files that an index there names; none where it cannot be understood. */
    private Set<Path> named() {
        if (!Files.exists(index)) {
            return Set.of();
        }
        try {
            return new TreeSet<>(ShardIndex.read(index).values());
        } catch (CheckpointException e) {
            return Set.of(); // a broken index is replaced; what it meant is not known, so nothing of it is deleted
        }
    }

    private String freeStem(Set<Path> taken, int count) {
        for (int i = 1; ; i++) {
            String stem = i == 1 ? "model" : "model-v" + i;
            boolean free = true;
            for (int shard = 0; shard < count; shard++) {
                free &= !taken.contains(folder.resolve(name(stem, shard, count)));
            }
            if (free) {
                return stem;
            }
        }
    }

    private static String name(String stem, int shard, int count) {
        return "%s-%05d-of-%05d.safetensors".formatted(stem, shard + 1, count);
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the earlier weights cannot be deleted: " + e, e);
        }
    }
}
