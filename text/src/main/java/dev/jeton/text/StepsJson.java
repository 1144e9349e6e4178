package dev.jeton.text;

import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the steps of a {@code tokenizer.json} around its model. */
final class StepsJson {
    private StepsJson() {}

    static @Nullable Normalizer normalizer(JsonValue value) {
        if (value.isNull()) {
            return null;
        }
        String type = value.get("type").string();
        return switch (type) {
            case "Sequence" -> new Normalizer.Sequence(all(value.get("normalizers"), StepsJson::normalizer));
            case "NFC", "NFD", "NFKC", "NFKD" -> new Normalizer.Unicode(Form.valueOf(type));
            case "BertNormalizer" ->
                new Normalizer.Bert(
                        value.get("clean_text").bool(true),
                        value.get("handle_chinese_chars").bool(true),
                        value.get("strip_accents").isNull()
                                ? null
                                : value.get("strip_accents").bool(),
                        value.get("lowercase").bool(true));
            case "Lowercase" -> new Normalizer.Lowercase();
            case "Strip" ->
                new Normalizer.Strip(
                        value.get("strip_left").bool(true),
                        value.get("strip_right").bool(true));
            case "StripAccents" -> new Normalizer.StripAccents();
            case "Replace" ->
                new Normalizer.Replace(
                        pattern(value.get("pattern")), value.get("content").string());
            case "Prepend" -> new Normalizer.Prepend(value.get("prepend").string());
            case "ByteLevel" -> new Normalizer.ByteLevel();
            case "Nmt" -> new Normalizer.Nmt();
            case "Precompiled" -> precompiled(value.get("precompiled_charsmap"));
            default -> throw value.get("type").wrong("an unknown normalizer");
        };
    }

    private static Normalizer precompiled(JsonValue value) {
        try {
            return new Normalizer.Precompiled(CharsMap.of(Base64.getDecoder().decode(value.string())));
        } catch (TokenizerException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new TokenizerException(
                    value.file() + ", at " + value.place() + ": must be base64: " + e.getMessage(), e);
        }
    }

    static @Nullable PreTokenizer preTokenizer(JsonValue value) {
        if (value.isNull()) {
            return null;
        }
        return switch (value.get("type").string()) {
            case "Sequence" -> new PreTokenizer.Sequence(all(value.get("pretokenizers"), StepsJson::preTokenizer));
            case "BertPreTokenizer" -> new PreTokenizer.Bert();
            case "ByteLevel" ->
                new PreTokenizer.ByteLevel(
                        value.get("add_prefix_space").bool(true),
                        value.get("trim_offsets").bool(true),
                        value.get("use_regex").bool(true));
            case "Whitespace" -> new PreTokenizer.Whitespace();
            case "WhitespaceSplit" -> new PreTokenizer.WhitespaceSplit();
            case "Punctuation" -> new PreTokenizer.Punctuation(behavior(value.get("behavior")));
            case "Digits" ->
                new PreTokenizer.Digits(value.get("individual_digits").bool(false));
            case "Metaspace" ->
                new PreTokenizer.Metaspace(
                        replacement(value), scheme(value), value.get("split").bool(true));
            case "Split" ->
                new PreTokenizer.Split(
                        pattern(value.get("pattern")),
                        behavior(value.get("behavior")),
                        value.get("invert").bool(false));
            case "CharDelimiterSplit" ->
                new PreTokenizer.CharDelimiter(value.get("delimiter").character());
            case "UnicodeScripts" -> new PreTokenizer.UnicodeScripts();
            case "FixedLength" -> {
                int length = value.get("length").integer(5);
                if (length < 1) {
                    throw value.get("length").wrong("must be at least 1");
                }
                yield new PreTokenizer.FixedLength(length);
            }
            default -> throw value.get("type").wrong("an unknown pre_tokenizer");
        };
    }

    private static String replacement(JsonValue value) {
        return Character.toString(value.get("replacement").character());
    }

    /** Before there was a scheme there was a flag. */
    private static PreTokenizer.PrependScheme scheme(JsonValue value) {
        if (!value.get("prepend_scheme").isNull()) {
            return TokenizerJson.constant(value.get("prepend_scheme"), PreTokenizer.PrependScheme.class);
        }
        return value.get("add_prefix_space").bool(true)
                ? PreTokenizer.PrependScheme.ALWAYS
                : PreTokenizer.PrependScheme.NEVER;
    }

    private static SplitPattern.Behavior behavior(JsonValue value) {
        return value.isNull()
                ? SplitPattern.Behavior.ISOLATED
                : TokenizerJson.constant(value, SplitPattern.Behavior.class);
    }

    private static SplitPattern pattern(JsonValue value) {
        if (value.isString()) {
            return SplitPattern.literal(value.string());
        }
        if (value.has("String")) {
            return SplitPattern.literal(value.get("String").string());
        }
        JsonValue regex = value.get("Regex");
        try {
            return SplitPattern.regex(regex.string());
        } catch (TokenizerException e) {
            throw regex.wrong(String.valueOf(e.getMessage()));
        }
    }

    static @Nullable PostProcessor postProcessor(JsonValue value) {
        if (value.isNull()) {
            return null;
        }
        String type = value.get("type").string();
        return switch (type) {
            case "Sequence" -> new PostProcessor.Sequence(all(value.get("processors"), StepsJson::postProcessor));
            case "ByteLevel" ->
                new PostProcessor.ByteLevel(
                        value.get("add_prefix_space").bool(true),
                        value.get("trim_offsets").bool(true),
                        value.get("use_regex").bool(true));
            case "BertProcessing", "RobertaProcessing" -> {
                JsonValue cls = value.get("cls");
                JsonValue sep = value.get("sep");
                yield new PostProcessor.ClsSep(
                        cls.at(0).string(),
                        cls.at(1).integer(),
                        sep.at(0).string(),
                        sep.at(1).integer(),
                        type.equals("RobertaProcessing"),
                        value.get("trim_offsets").bool(true),
                        value.get("add_prefix_space").bool(true));
            }
            case "TemplateProcessing" -> template(value);
            default -> throw value.get("type").wrong("an unknown post_processor");
        };
    }

    private static PostProcessor template(JsonValue value) {
        var specials = new LinkedHashMap<String, PostProcessor.Special>();
        JsonValue tokens = value.get("special_tokens");
        for (String name : tokens.map().keySet()) {
            JsonValue token = tokens.get(name);
            specials.put(
                    name,
                    new PostProcessor.Special(
                            token.get("ids").list().stream()
                                    .map(JsonValue::integer)
                                    .toList(),
                            token.get("tokens").list().stream()
                                    .map(JsonValue::string)
                                    .toList()));
        }
        try {
            return new PostProcessor.Template(slots(value.get("single")), slots(value.get("pair")), specials);
        } catch (TokenizerException e) {
            throw value.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static List<PostProcessor.Slot> slots(JsonValue value) {
        var result = new ArrayList<PostProcessor.Slot>();
        for (JsonValue slot : value.list()) {
            boolean special = slot.has("SpecialToken");
            JsonValue body = slot.get(special ? "SpecialToken" : "Sequence");
            String id = body.get("id").string();
            int typeId = body.get("type_id").integer(0);
            result.add(
                    special
                            ? new PostProcessor.Slot.Token(id, typeId)
                            : new PostProcessor.Slot.Text(id.equals("B"), typeId));
        }
        return result;
    }

    static @Nullable Decoder decoder(JsonValue value) {
        if (value.isNull()) {
            return null;
        }
        return switch (value.get("type").string()) {
            case "Sequence" -> new Decoder.Sequence(all(value.get("decoders"), StepsJson::decoder));
            case "ByteLevel" ->
                new Decoder.ByteLevel(
                        value.get("add_prefix_space").bool(true),
                        value.get("trim_offsets").bool(true),
                        value.get("use_regex").bool(true));
            case "WordPiece" ->
                new Decoder.WordPiece(
                        value.get("prefix").string("##"), value.get("cleanup").bool(true));
            case "Metaspace" ->
                new Decoder.Metaspace(
                        replacement(value), scheme(value), value.get("split").bool(true));
            case "BPEDecoder" -> new Decoder.BpeSuffix(value.get("suffix").string("</w>"));
            case "CTC" ->
                new Decoder.Ctc(
                        value.get("pad_token").string("<pad>"),
                        value.get("word_delimiter_token").string("|"),
                        value.get("cleanup").bool(true));
            case "ByteFallback" -> new Decoder.ByteFallback();
            case "Fuse" -> new Decoder.Fuse();
            case "Strip" ->
                new Decoder.Strip(
                        value.get("content").character(),
                        value.get("start").integer(0),
                        value.get("stop").integer(0));
            case "Replace" ->
                new Decoder.Replace(
                        pattern(value.get("pattern")), value.get("content").string());
            default -> throw value.get("type").wrong("an unknown decoder");
        };
    }

    private static <T> List<T> all(JsonValue value, Function<JsonValue, @Nullable T> read) {
        var result = new ArrayList<T>();
        for (JsonValue step : value.list()) {
            T part = read.apply(step);
            if (part == null) {
                throw step.wrong("must be an object");
            }
            result.add(part);
        }
        return result;
    }
}
