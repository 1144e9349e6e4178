package dev.jeton.nn;

import dev.jeton.torch.DType;
import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tensors in safetensors files, the format in which the field stores weights: opened without reading them, each copied
 * out when it is asked for.
 *
 * <pre>{@code
 * Safetensors.write(file, model.state());
 *
 * try (var file = Safetensors.open(path)) {
 *     model.load(file.tensors());
 * }
 * }</pre>
 *
 * <p>Files come from strangers: whatever their bytes are, the only thing thrown about them is
 * {@link CheckpointException}. What the file system refuses is an {@link java.io.UncheckedIOException}.
 */
public final class Safetensors implements AutoCloseable {
    static final String SINGLE = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";

    private final Map<String, Stored> tensors = new LinkedHashMap<>();
    private final Map<Path, SafetensorsFile> files = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private record Stored(SafetensorsFile file, SafetensorsHeader.Entry entry) {}

    private Safetensors() {}

    /**
     * Opens a safetensors file, an index of several ({@code model.safetensors.index.json}) or a folder that holds
     * {@code model.safetensors} or such an index. Reads no more than the headers.
     *
     * @throws CheckpointException if it is corrupt: where, and what is wrong
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static Safetensors open(Path path) {
        Safetensors opened = new Safetensors();
        boolean complete = false;
        try {
            Path file = Files.isDirectory(path) ? inFolder(path) : path;
            if (file.toString().endsWith(".json")) {
                opened.addShards(file, ShardIndex.read(file));
            } else {
                opened.addAll(opened.file(file));
            }
            complete = true;
            return opened;
        } finally {
            if (!complete) {
                opened.close();
            }
        }
    }

    private static Path inFolder(Path folder) {
        Path single = folder.resolve(SINGLE);
        Path index = folder.resolve(INDEX);
        if (Files.exists(single)) {
            return single;
        }
        if (Files.exists(index)) {
            return index;
        }
        throw new CheckpointException(folder + ": the folder holds neither " + SINGLE + " nor " + INDEX);
    }

    /**
     * Reads all tensors into memory, into the innermost scope.
     *
     * @throws CheckpointException if the file is corrupt
     */
    public static Map<String, Tensor> read(Path path) {
        try (Safetensors file = open(path)) {
            return Collections.unmodifiableMap(new LinkedHashMap<>(file.tensors()));
        }
    }

    /** Writes tensors to a file that Python's safetensors opens; see {@link #write(Path, Map, Map)}. */
    public static void write(Path file, Map<String, Tensor> tensors) {
        write(file, tensors, Map.of("format", "pt"));
    }

    /**
     * Writes tensors to a file, in one step: under a name of its own first, which then takes the place of what was there.
     * A crash at any moment leaves the old file or the new one.
     *
     * @param tensors by name; copied from their device, bytes as they are
     * @param metadata texts for whoever reads the file; transformers wants {@code format} to be {@code pt}
     * @throws CheckpointException if a tensor's type or name has no place in the format
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        SafetensorsWriter.write(file, tensors, metadata);
    }

    /**
     * Writes a model's tensors to a folder as transformers does: to {@code model.safetensors} if they fit into one file, else to
     * {@code model-00001-of-00003.safetensors} and so on beside {@code model.safetensors.index.json}. What such files the folder
     * held before is replaced, and stays in force until all new ones are written: a crash leaves the old model or the new one.
     *
     * @param tensors by name; one file is filled after the other in this order
     * @param mostBytes of tensors in a file; a longer tensor has a file of its own
     * @throws CheckpointException if a tensor's type or name has no place in the format
     * @throws IllegalArgumentException if {@code mostBytes} is less than 1
     */
    public static void writeShards(Path folder, Map<String, Tensor> tensors, long mostBytes) {
        ShardsWriter.write(folder, tensors, mostBytes);
    }

    // ---- what is inside
    // ----------------------------------------------------------------------------------------------

    /** Returns the names of all tensors, in the order of the file. */
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    /** Returns a tensor's shape, which needs no reading. */
    public Shape shape(String name) {
        return stored(name).entry().shape();
    }

    /** Returns the type of a tensor's elements, which needs no reading. */
    public DType dtype(String name) {
        return stored(name).entry().dtype();
    }

    /** Returns the texts that the writer added. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /**
     * Reads one tensor, into the innermost scope.
     *
     * @throws CheckpointException if there is no such tensor
     * @throws IllegalStateException if the file was closed
     */
    public Tensor tensor(String name) {
        Stored found = stored(name);
        return found.file().tensor(name, found.entry());
    }

    /**
     * Returns all tensors as a map that reads one each time it is asked for it, into the innermost scope: for a loader
     * that takes them one by one and never holds them all.
     */
    public Map<String, Tensor> tensors() {
        return new StoredTensors(this);
    }

    private Stored stored(String name) {
        Stored found = tensors.get(name);
        if (found == null) {
            throw new CheckpointException(
                    "there is no tensor '" + name + "' in " + files.keySet() + ", which hold " + tensors.size());
        }
        return found;
    }

    /** Closes the files; tensors that were read stay. */
    @Override
    public void close() {
        files.values().forEach(SafetensorsFile::close);
        files.clear();
    }

    // ---- opening
    // -----------------------------------------------------------------------------------------------------

    private SafetensorsFile file(Path path) {
        SafetensorsFile known = files.get(path);
        if (known == null) {
            known = new SafetensorsFile(path);
            files.put(path, known);
            metadata.putAll(known.header().metadata());
        }
        return known;
    }

    private void addAll(SafetensorsFile file) {
        file.header().entries().forEach((name, entry) -> tensors.put(name, new Stored(file, entry)));
    }

    private void addShards(Path index, Map<String, Path> shards) {
        Set<String> absent = new TreeSet<>();
        for (Path shard : shards.values()) {
            if (!Files.exists(shard)) {
                absent.add(String.valueOf(shard.getFileName()));
            }
        }
        if (!absent.isEmpty()) {
            throw new CheckpointException(
                    index + ": these files of the model are missing: " + String.join(", ", absent));
        }
        shards.forEach((name, path) -> {
            SafetensorsFile shard = file(path);
            SafetensorsHeader.Entry entry = shard.header().entries().get(name);
            if (entry == null) {
                throw new CheckpointException(index + ": tensor '" + name + "' should lie in " + path.getFileName()
                        + ", which does not hold it");
            }
            tensors.put(name, new Stored(shard, entry));
        });
    }
}
