package dev.jeton.vectors;

import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The head of a safetensors file: which tensors lie where.
 *
 * @param tensors by name
 * @param metadata free text by key
 */
record SafetensorsHeader(Map<String, Entry> tensors, Map<String, String> metadata) {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    /** More than any header needs: safetensors' own limit. */
    private static final long LONGEST = 100_000_000;

    private static final String METADATA = "__metadata__";

    /**
     * A tensor.
     *
     * @param type safetensors' name of its elements, such as F32
     * @param shape its sizes
     * @param begin its first byte after the header
     * @param end the byte after its last
     */
    record Entry(String type, List<Long> shape, long begin, long end) {}

    /** The header's bytes, its length before it, padded so that the data start on a cache line. */
    byte[] toBytes() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeName(METADATA);
            json.writeStartObject();
            metadata.forEach(json::writeStringProperty);
            json.writeEndObject();
            tensors.forEach((name, entry) -> {
                json.writeName(name);
                json.writeStartObject();
                json.writeStringProperty("dtype", entry.type());
                json.writeName("shape");
                long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
                json.writeArray(shape, 0, shape.length);
                json.writeName("data_offsets");
                json.writeArray(new long[] {entry.begin(), entry.end()}, 0, 2);
                json.writeEndObject();
            });
            json.writeEndObject();
        }
        byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
        int whole = (Long.BYTES + utf8.length + 63) / 64 * 64;
        byte[] bytes = new byte[whole];
        java.util.Arrays.fill(bytes, (byte) ' ');
        java.nio.ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(whole - Long.BYTES)
                .put(utf8);
        return bytes;
    }

    /** Where the data start in a file. */
    static long dataStart(MemorySegment file) {
        return Long.BYTES + file.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
    }

    static SafetensorsHeader read(Path path, MemorySegment file) {
        long start = dataStart(file);
        if (start <= Long.BYTES || start > file.byteSize() || start > LONGEST) {
            throw new VectorFileException(
                    path, "byte 0: a header of " + (start - Long.BYTES) + " bytes does not fit " + file.byteSize());
        }
        byte[] text = file.asSlice(Long.BYTES, start - Long.BYTES).toArray(ValueLayout.JAVA_BYTE);
        SafetensorsHeader header = new SafetensorsHeader(new LinkedHashMap<>(), new LinkedHashMap<>());
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals(METADATA)) {
                    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                        header.metadata().put(json.currentName(), json.nextStringValue());
                    }
                } else {
                    header.tensors().put(name, entry(json));
                }
            }
        } catch (JacksonException e) {
            throw new VectorFileException(path, "the header is no JSON: " + e.getOriginalMessage());
        }
        header.tensors().forEach((name, entry) -> {
            if (entry.begin() < 0 || entry.end() < entry.begin() || entry.end() > file.byteSize() - start) {
                throw new VectorFileException(
                        path,
                        "tensor '" + name + "' should lie at bytes " + entry.begin() + " to " + entry.end()
                                + " of the data, but there are " + (file.byteSize() - start) + ": cut short?");
            }
        });
        return header;
    }

    private static Entry entry(JsonParser json) {
        String type = "";
        List<Long> shape = List.of();
        List<Long> offsets = List.of(-1L, -1L);
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "dtype" -> type = json.getString();
                case "shape" -> shape = longs(json);
                case "data_offsets" -> offsets = longs(json);
                default -> json.skipChildren();
            }
        }
        return offsets.size() == 2
                ? new Entry(type, shape, offsets.getFirst(), offsets.getLast())
                : new Entry(type, shape, -1, -1);
    }

    private static List<Long> longs(JsonParser json) {
        List<Long> values = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
            values.add(json.getLongValue());
        }
        return values;
    }
}
