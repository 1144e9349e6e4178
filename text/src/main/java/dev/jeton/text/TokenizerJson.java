package dev.jeton.text;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a Hugging Face {@code tokenizer.json}. */
final class TokenizerJson {
    private TokenizerJson() {}

    static Tokenizer read(JsonValue root) {
        JsonValue modelValue = root.get("model");
        if (!modelValue.isObject()) {
            throw modelValue.wrong("a tokenizer.json must have a model, an object");
        }
        Model model = ModelJson.read(modelValue);
        Normalizer normalizer = StepsJson.normalizer(root.get("normalizer"));
        var added = new AddedTokens(addedTokens(root.get("added_tokens"), model.vocabulary()), normalizer);
        var pipeline = new Pipeline(
                added,
                normalizer,
                StepsJson.preTokenizer(root.get("pre_tokenizer")),
                model,
                StepsJson.postProcessor(root.get("post_processor")),
                StepsJson.decoder(root.get("decoder")));
        var options = new EncodeOptions(
                true,
                true,
                Optional.ofNullable(truncation(root.get("truncation"))),
                Optional.ofNullable(padding(root.get("padding"))));
        return new Tokenizer(pipeline, options);
    }

    private static Map<Integer, AddedToken> addedTokens(JsonValue value, Vocabulary vocabulary) {
        var result = new TreeMap<Integer, AddedToken>();
        if (value.isNull()) {
            return result;
        }
        for (JsonValue token : value.list()) {
            String content = token.get("content").string();
            boolean special = token.get("special").bool(false);
            int id = vocabulary.id(content);
            if (id < 0) {
                id = token.get("id").integer();
            }
            if (id < 0 || id >= Vocabulary.MAX_SIZE) {
                throw token.get("id").wrong("must lie in 0 to " + (Vocabulary.MAX_SIZE - 1));
            }
            result.put(
                    id,
                    new AddedToken(
                            content,
                            special,
                            token.get("single_word").bool(false),
                            token.get("lstrip").bool(false),
                            token.get("rstrip").bool(false),
                            token.get("normalized").bool(!special)));
        }
        return result;
    }

    private static @Nullable Truncation truncation(JsonValue value) {
        if (value.isNull()) {
            return null;
        }
        return new Truncation(
                value.get("max_length").integer(),
                value.get("stride").integer(0),
                constant(value.get("strategy"), Truncation.Strategy.class),
                value.get("direction").isNull()
                        ? Truncation.Direction.RIGHT
                        : constant(value.get("direction"), Truncation.Direction.class));
    }

    private static @Nullable Padding padding(JsonValue value) {
        if (value.isNull()) {
            return null;
        }
        JsonValue strategy = value.get("strategy");
        OptionalInt length =
                strategy.isObject() ? OptionalInt.of(strategy.get("Fixed").integer()) : OptionalInt.empty();
        return new Padding(
                length,
                value.get("pad_to_multiple_of").integer(1),
                constant(value.get("direction"), Truncation.Direction.class),
                value.get("pad_id").integer(),
                value.get("pad_type_id").integer(0),
                value.get("pad_token").string());
    }

    /** A constant whose name is written in camel case. */
    static <E extends Enum<E>> E constant(JsonValue value, Class<E> type) {
        String text = value.string();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().replace("_", "").equalsIgnoreCase(text.replace("_", ""))) {
                return constant;
            }
        }
        throw value.wrong("must be one of " + Arrays.toString(type.getEnumConstants()));
    }
}
