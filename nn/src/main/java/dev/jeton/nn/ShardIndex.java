package dev.jeton.nn;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/** The file {@code model.safetensors.index.json}, which says in which file of a model each tensor lies. */
final class ShardIndex {
    private ShardIndex() {}

    /**
     * Returns the shard of each tensor by name.
     *
     * @throws CheckpointException if the file is not an index, or names a file outside its own folder
     */
    static Map<String, Path> read(Path file) {
        byte[] json;
        try {
            if (Files.size(file) > SafetensorsHeader.LONGEST) {
                throw new CheckpointException(
                        file + ": an index of more than " + SafetensorsHeader.LONGEST + " bytes is refused");
            }
            json = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e, e);
        }
        try (JsonParser parser = SafetensorsHeader.JSON.createParser(ObjectReadContext.empty(), json)) {
            Map<String, Path> shards = parse(file, parser);
            if (shards.isEmpty()) {
                throw new CheckpointException(file + ": an index must have a weight_map that names tensors");
            }
            return shards;
        } catch (JacksonException e) {
            throw new CheckpointException(
                    file + ": not the JSON of an index: " + e.getOriginalMessage() + SafetensorsHeader.place(e, 0), e);
        }
    }

    private static Map<String, Path> parse(Path file, JsonParser parser) {
        Map<String, Path> shards = new LinkedHashMap<>();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new CheckpointException(file + ": an index must be a JSON object");
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean weights = parser.currentName().equals("weight_map");
            JsonToken value = parser.nextToken();
            if (!weights) {
                parser.skipChildren();
                continue;
            }
            if (value != JsonToken.START_OBJECT) {
                throw new CheckpointException(file + ": weight_map must be an object of file names");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String tensor = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    throw new CheckpointException(file + ": weight_map: '" + tensor + "' must have a file name");
                }
                shards.put(tensor, sibling(file, tensor, parser.getString()));
            }
        }
        return shards;
    }

    /**
     * Returns an index.
     *
     * @param places the file's name of each tensor
     * @param bytes of all tensors
     */
    static byte[] toJson(Map<String, String> places, long bytes) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = SafetensorsHeader.JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeName("metadata");
            json.writeStartObject();
            json.writeNumberProperty("total_size", bytes);
            json.writeEndObject();
            json.writeName("weight_map");
            json.writeStartObject();
            places.forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static Path sibling(Path file, String tensor, String name) {
        if (name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.contains("/")
                || name.contains("\\")
                || name.indexOf('\0') >= 0) {
            throw new CheckpointException(file + ": weight_map: '" + tensor
                    + "' must lie in a file of the same folder, not in '" + name + "'");
        }
        return file.resolveSibling(name);
    }
}
