package dev.jeton.nn;

import dev.jeton.torch.DType;
import dev.jeton.torch.Shape;
import dev.jeton.torch.ShapeException;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * What stands at the beginning of a safetensors file: for every tensor its type, its shape and where its bytes lie.
 *
 * @param entries by name, in the order of the file
 * @param metadata texts that the writer added
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
    /** As much as the format's reference implementation reads. */
    static final long LONGEST = 100_000_000;

    /** More dimensions than any tensor has. */
    private static final int MOST_DIMENSIONS = 64;

    private static final String METADATA = "__metadata__";

    /** Strict about what a hostile file could do: duplicate keys, endless nesting. */
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(16).build())
            .build();

    private static final Map<String, DType> TYPES = types();

    /**
     * One tensor.
     *
     * @param begin where its bytes begin, counted from the end of the header
     */
    record Entry(DType dtype, Shape shape, long begin, long end) {}

    private static Map<String, DType> types() {
        Map<String, DType> types = new LinkedHashMap<>();
        types.put("BOOL", DType.BOOL);
        types.put("U8", DType.UINT8);
        types.put("I8", DType.INT8);
        types.put("F8_E5M2", DType.FLOAT8_E5M2);
        types.put("F8_E4M3", DType.FLOAT8_E4M3FN);
        types.put("I16", DType.INT16);
        types.put("U16", DType.UINT16);
        types.put("F16", DType.FLOAT16);
        types.put("BF16", DType.BFLOAT16);
        types.put("I32", DType.INT32);
        types.put("U32", DType.UINT32);
        types.put("F32", DType.FLOAT32);
        types.put("F64", DType.FLOAT64);
        types.put("I64", DType.INT64);
        types.put("U64", DType.UINT64);
        types.put("C64", DType.COMPLEX64);
        return types;
    }

    // ---- reading
    // -----------------------------------------------------------------------------------------------------

    /**
     * Reads a header and checks it against the number of bytes that follow.
     *
     * @throws CheckpointException if it is not one, or does not describe exactly these bytes
     */
    static SafetensorsHeader parse(Path file, byte[] json, long dataBytes) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            SafetensorsHeader header = new Reader(file, parser).header();
            header.checkBytes(file, dataBytes);
            return header;
        } catch (JacksonException e) {
            throw new CheckpointException(
                    file + ": the header is not the JSON of a safetensors file: " + e.getOriginalMessage()
                            + place(e, 8),
                    e);
        }
    }

    /** Says at which byte of a file the JSON is wrong, where the parser knows. */
    static String place(JacksonException e, long jsonBegins) {
        TokenStreamLocation location = e.getLocation();
        return location == null ? "" : " (byte " + (jsonBegins + location.getByteOffset()) + ")";
    }

    /** Every byte belongs to exactly one tensor. */
    private void checkBytes(Path file, long dataBytes) {
        List<Map.Entry<String, Entry>> byPlace = new ArrayList<>(entries.entrySet());
        byPlace.sort(Comparator.comparingLong(
                        (Map.Entry<String, Entry> e) -> e.getValue().begin())
                .thenComparingLong(e -> e.getValue().end()));
        long place = 0;
        for (Map.Entry<String, Entry> each : byPlace) {
            Entry entry = each.getValue();
            if (entry.begin() != place) {
                throw new CheckpointException(
                        file + ": tensor '" + each.getKey() + "' begins at byte " + entry.begin() + " of the data, "
                                + (entry.begin() < place ? "inside the tensor before it" : "leaving a gap after")
                                + ", which ends at " + place);
            }
            place = entry.end();
        }
        if (place != dataBytes) {
            throw new CheckpointException(file + ": the header describes " + place + " bytes of data, the file holds "
                    + dataBytes + (dataBytes < place ? ": it is cut off" : ""));
        }
    }

    /** One pass over the JSON. */
    private record Reader(Path file, JsonParser parser) {
        SafetensorsHeader header() {
            Map<String, Entry> entries = new LinkedHashMap<>();
            Map<String, String> metadata = new LinkedHashMap<>();
            require(parser.nextToken() == JsonToken.START_OBJECT, "the header must be a JSON object");
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (name.equals(METADATA)) {
                    readMetadata(metadata);
                } else {
                    entries.put(name, entry(name));
                }
            }
            require(parser.nextToken() == null, "nothing but spaces may follow the header's JSON object");
            return new SafetensorsHeader(entries, metadata);
        }

        private void readMetadata(Map<String, String> metadata) {
            require(parser.nextToken() == JsonToken.START_OBJECT, METADATA + " must be an object of texts");
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                require(
                        parser.nextToken() == JsonToken.VALUE_STRING,
                        METADATA + " must be an object of texts, '" + key + "' is not a text");
                metadata.put(key, parser.getString());
            }
        }

        private Entry entry(String name) {
            String where = "tensor '" + name + "'";
            require(parser.nextToken() == JsonToken.START_OBJECT, where + " must be described by an object");
            DType dtype = null;
            long @Nullable [] shape = null;
            long @Nullable [] offsets = null;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                switch (key) {
                    case "dtype" -> dtype = dtype(where);
                    case "shape" -> shape = numbers(where + ": shape");
                    case "data_offsets" -> offsets = numbers(where + ": data_offsets");
                    default -> parser.skipChildren();
                }
            }
            if (dtype == null || shape == null || offsets == null) {
                throw new CheckpointException(file + ": " + where + " needs dtype, shape and data_offsets");
            }
            return entry(where, dtype, shape, offsets);
        }

        private Entry entry(String where, DType dtype, long[] sizes, long[] offsets) {
            require(offsets.length == 2, where + ": data_offsets must be two numbers");
            require(
                    0 <= offsets[0] && offsets[0] <= offsets[1],
                    where + ": data_offsets must not run backwards: " + offsets[0] + " to " + offsets[1]);
            Shape shape;
            long bytes;
            try {
                shape = Shape.of(sizes);
                bytes = Math.multiplyExact(shape.elements(), dtype.bytes());
            } catch (ShapeException | ArithmeticException e) {
                throw new CheckpointException(file + ": " + where + ": impossible shape: " + e.getMessage(), e);
            }
            require(
                    bytes == offsets[1] - offsets[0],
                    where + ": " + dtype + shape + " takes " + bytes + " bytes, data_offsets span "
                            + (offsets[1] - offsets[0]));
            return new Entry(dtype, shape, offsets[0], offsets[1]);
        }

        private DType dtype(String where) {
            require(parser.currentToken() == JsonToken.VALUE_STRING, where + ": dtype must be a text");
            DType dtype = TYPES.get(parser.getString());
            if (dtype == null) {
                throw new CheckpointException(file + ": " + where + ": unknown dtype '"
                        + abbreviated(parser.getString()) + "', expected one of " + String.join(", ", TYPES.keySet()));
            }
            return dtype;
        }

        private static String abbreviated(String text) {
            return text.length() <= 40 ? text : text.substring(0, 40) + "…";
        }

        private long[] numbers(String where) {
            require(parser.currentToken() == JsonToken.START_ARRAY, where + " must be an array of whole numbers");
            long[] numbers = new long[MOST_DIMENSIONS];
            int count = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                require(
                        parser.currentToken() == JsonToken.VALUE_NUMBER_INT,
                        where + " must be an array of whole numbers");
                require(count < MOST_DIMENSIONS, where + " has more than " + MOST_DIMENSIONS + " numbers");
                numbers[count++] = parser.getLongValue();
            }
            return Arrays.copyOf(numbers, count);
        }

        private void require(boolean fulfilled, String rule) {
            if (!fulfilled) {
                throw new CheckpointException(file + ": " + rule + " (byte "
                        + (8 + parser.currentLocation().getByteOffset()) + ")");
            }
        }
    }

    // ---- writing
    // -----------------------------------------------------------------------------------------------------

    /** Returns the format's name of an element type. */
    static String nameOf(DType dtype) {
        for (Map.Entry<String, DType> type : TYPES.entrySet()) {
            if (type.getValue() == dtype) {
                return type.getKey();
            }
        }
        throw new CheckpointException("safetensors has no element type for " + dtype);
    }

    /** Returns the JSON, filled up with spaces so that the data behind it is aligned. */
    byte[] toJson() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeName(METADATA);
                json.writeStartObject();
                metadata.forEach(json::writeStringProperty);
                json.writeEndObject();
            }
            entries.forEach((name, entry) -> {
                json.writeName(name);
                json.writeStartObject();
                json.writeStringProperty("dtype", nameOf(entry.dtype()));
                json.writeName("shape");
                json.writeArray(entry.shape().sizes(), 0, entry.shape().rank());
                json.writeName("data_offsets");
                json.writeArray(new long[] {entry.begin(), entry.end()}, 0, 2);
                json.writeEndObject();
            });
            json.writeEndObject();
        }
        while (out.size() % 8 != 0) {
            out.write(' ');
        }
        return out.toByteArray();
    }
}
