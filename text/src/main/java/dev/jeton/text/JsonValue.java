package dev.jeton.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** A value of a JSON file that knows its place, so that whoever finds it wrong can say where. */
record JsonValue(String file, String place, @Nullable Object value) {
    /** Names are tokens, each of which occurs once: a table of those met before would only cost. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    /** Reads a whole file. */
    static JsonValue read(String file, byte[] bytes) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            try {
                parser.nextToken();
                Object value = read(parser);
                if (parser.nextToken() != null) {
                    throw new TokenizerException(file + ": more than one JSON value");
                }
                return new JsonValue(file, "", value);
            } catch (StreamReadException | StreamConstraintsException e) {
                // what breaks a limit, such as the depth, does not know its place
                TokenStreamLocation place = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
                throw new TokenizerException(
                        "%s, line %d, column %d: %s"
                                .formatted(file, place.getLineNr(), place.getColumnNr(), e.getOriginalMessage()),
                        e);
            }
        } catch (JacksonIOException e) {
            throw new TokenizerException(file + ": " + e.getOriginalMessage(), e);
        }
    }

    private static @Nullable Object read(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getBigIntegerValue()
                        : parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> ReferenceDouble.parse(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case null, default -> throw new StreamReadException(parser, "a JSON value is missing");
        };
    }

    private static Map<String, @Nullable Object> readObject(JsonParser parser) {
        var numbers = new JsonNumbers();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                numbers.add(name, parser.getLongValue());
            } else {
                return readMixed(parser, name, numbers.toMap());
            }
        }
        return numbers;
    }

    private static Map<String, @Nullable Object> readMixed(
            JsonParser parser, String first, Map<String, @Nullable Object> result) {
        result.put(first, read(parser));
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            result.put(name, read(parser));
        }
        return result;
    }

    private static List<@Nullable Object> readArray(JsonParser parser) {
        var result = new ArrayList<@Nullable Object>(2); // most are pairs
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            result.add(read(parser));
        }
        return result;
    }

    boolean isNull() {
        return value == null;
    }

    boolean isObject() {
        return value instanceof Map;
    }

    boolean isList() {
        return value instanceof List;
    }

    boolean isString() {
        return value instanceof String;
    }

    TokenizerException wrong(String rule) {
        String shown = value instanceof Map ? "an object" : value instanceof List ? "a list" : String.valueOf(value);
        return new TokenizerException("%s, at %s: %s, got %s"
                .formatted(
                        file,
                        place.isEmpty() ? "the top" : place,
                        rule,
                        shown.length() > 80 ? shown.substring(0, 80) + "…" : shown));
    }

    /** A member; one that is absent is a value that is null. */
    JsonValue get(String name) {
        return member(name, map().get(name));
    }

    /** A member of a name and value that somebody has found already. */
    JsonValue member(String name, @Nullable Object found) {
        return new JsonValue(file, place.isEmpty() ? name : place + "." + name, found);
    }

    boolean has(String name) {
        return map().containsKey(name);
    }

    @SuppressWarnings("unchecked") // a map in a JSON tree is always one of strings
    Map<String, @Nullable Object> map() {
        if (!(value instanceof Map)) {
            throw wrong("must be an object");
        }
        return (Map<String, @Nullable Object>) value;
    }

    @SuppressWarnings("unchecked") // a list in a JSON tree is always one of objects
    List<@Nullable Object> rawList() {
        if (!(value instanceof List)) {
            throw wrong("must be a list");
        }
        return (List<@Nullable Object>) value;
    }

    List<JsonValue> list() {
        List<@Nullable Object> raw = rawList();
        var result = new ArrayList<JsonValue>(raw.size());
        for (int i = 0; i < raw.size(); i++) {
            result.add(at(i));
        }
        return result;
    }

    JsonValue at(int index) {
        List<@Nullable Object> raw = rawList();
        if (index >= raw.size()) {
            throw wrong("must have at least " + (index + 1) + " elements");
        }
        return new JsonValue(file, place + "[" + index + "]", raw.get(index));
    }

    String string() {
        if (!(value instanceof String text)) {
            throw wrong("must be a string");
        }
        return text;
    }

    String string(String absent) {
        return value == null ? absent : string();
    }

    @Nullable
    String stringOrNull() {
        return value == null ? null : string();
    }

    Optional<String> optionalString() {
        return Optional.ofNullable(stringOrNull());
    }

    int integer() {
        if (!(value instanceof Long number) || number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
            throw wrong("must be an integer of 32 bits");
        }
        return number.intValue();
    }

    int integer(int absent) {
        return value == null ? absent : integer();
    }

    double number() {
        if (!(value instanceof Number number)) {
            throw wrong("must be a number");
        }
        return number.doubleValue();
    }

    boolean bool() {
        if (!(value instanceof Boolean flag)) {
            throw wrong("must be true or false");
        }
        return flag;
    }

    boolean bool(boolean absent) {
        return value == null ? absent : bool();
    }

    /** A string of exactly one character. */
    int character() {
        String text = string();
        if (text.codePointCount(0, text.length()) != 1) {
            throw wrong("must be one character");
        }
        return text.codePointAt(0);
    }
}
