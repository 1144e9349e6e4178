package dev.jeton.text;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a folder says of a tokenizer beside {@code tokenizer.json}: {@code tokenizer_config.json}, {@code special_tokens_map.json}
 * and {@code chat_template.jinja}.
 *
 * <p>What Jeton does not understand is kept and written again.
 */
final class TokenizerConfig {
    private static final String CONFIG = "tokenizer_config.json";
    private static final String SPECIALS = "special_tokens_map.json";
    private static final String TEMPLATE = "chat_template.jinja";
    private static final TokenizerConfig NONE = new TokenizerConfig(new JsonValue(CONFIG, "", Map.of()), Map.of());

    private final JsonValue root;
    private final Map<String, String> templates;

    private TokenizerConfig(JsonValue root, Map<String, String> templates) {
        this.root = root;
        this.templates = templates;
    }

    static TokenizerConfig none() {
        return NONE;
    }

    /** What lies in the folder of a tokenizer's file. */
    static TokenizerConfig beside(Path file) {
        Path config = file.resolveSibling(CONFIG);
        Path specials = file.resolveSibling(SPECIALS);
        Path template = file.resolveSibling(TEMPLATE);
        if (!Files.exists(config) && !Files.exists(specials) && !Files.exists(template)) {
            return NONE;
        }
        var merged = new LinkedHashMap<String, @Nullable Object>();
        for (Path part : List.of(specials, config)) {
            if (Files.exists(part)) {
                merged.putAll(JsonValue.read(String.valueOf(part.getFileName()), TokenizerFiles.read(part))
                        .map());
            }
        }
        var root = new JsonValue(CONFIG, "", merged);
        var templates = new TreeMap<String, String>();
        JsonValue written = root.get("chat_template");
        if (written.isList()) {
            for (JsonValue one : written.list()) {
                templates.put(one.get("name").string(), one.get("template").string());
            }
        } else if (!written.isNull()) {
            templates.put("default", written.string());
        }
        if (Files.exists(template)) {
            templates.put(
                    "default", new String(TokenizerFiles.read(template), java.nio.charset.StandardCharsets.UTF_8));
        }
        return new TokenizerConfig(root, Collections.unmodifiableMap(templates));
    }

    /** The token that has a part to play; a token is written as a string or as an object with its content. */
    Optional<String> specialToken(SpecialToken which) {
        JsonValue value = root.get(name(which));
        return value.isObject() ? value.get("content").optionalString() : value.optionalString();
    }

    private static String name(SpecialToken which) {
        return which.name().toLowerCase(Locale.ROOT) + "_token";
    }

    /** By name; a single one is called default. */
    Map<String, String> templates() {
        return templates;
    }

    JsonValue root() {
        return root;
    }

    /** Writes both files, so that the Python libraries open the folder. */
    static void write(Path folder, Tokenizer tokenizer) {
        var specials = new LinkedHashMap<String, @Nullable Object>();
        for (SpecialToken which : SpecialToken.values()) {
            tokenizer.specialToken(which).ifPresent(token -> specials.put(name(which), token));
        }
        var config = new LinkedHashMap<String, @Nullable Object>();
        config.put("added_tokens_decoder", addedTokens(tokenizer.pipeline().addedTokens()));
        config.put("clean_up_tokenization_spaces", false);
        config.put("model_max_length", new BigInteger("1000000000000000019884624838656")); // as much as it likes
        config.put("tokenizer_class", "PreTrainedTokenizerFast");
        config.putAll(specials);
        tokenizer.config().root.map().forEach((name, value) -> {
            if (!name.equals("added_tokens_decoder")) {
                config.put(name, value);
            }
        });
        String template = tokenizer.config().templates.get("default");
        if (template != null && tokenizer.config().root.get("chat_template").isNull()) {
            config.put("chat_template", template);
        }
        WholeFile.write(folder.resolve(CONFIG), JsonPrinter.print(config));
        WholeFile.write(folder.resolve(SPECIALS), JsonPrinter.print(specials));
    }

    private static Map<String, @Nullable Object> addedTokens(AddedTokens tokens) {
        var result = new LinkedHashMap<String, @Nullable Object>();
        tokens.byId().forEach((id, token) -> {
            var entry = new LinkedHashMap<String, @Nullable Object>();
            entry.put("content", token.content());
            entry.put("lstrip", token.lstrip());
            entry.put("normalized", token.normalized());
            entry.put("rstrip", token.rstrip());
            entry.put("single_word", token.singleWord());
            entry.put("special", token.special());
            result.put(id.toString(), entry);
        });
        return result;
    }
}
