package dev.jeton.text;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes a Hugging Face {@code tokenizer.json}. */
final class TokenizerJsonWriter {
    private TokenizerJsonWriter() {}

    static String write(Pipeline pipeline, EncodeOptions options) {
        return JsonPrinter.print(object(
                "version", "1.0",
                "truncation",
                        options.truncation()
                                .map(TokenizerJsonWriter::truncation)
                                .orElse(null),
                "padding", options.padding().map(TokenizerJsonWriter::padding).orElse(null),
                "added_tokens", added(pipeline.addedTokens()),
                "normalizer", normalizer(pipeline.normalizer()),
                "pre_tokenizer", preTokenizer(pipeline.preTokenizer()),
                "post_processor", postProcessor(pipeline.postProcessor()),
                "decoder", decoder(pipeline.decoder()),
                "model", model(pipeline.model())));
    }

    private static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        var result = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            result.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return result;
    }

    /** SOME_CONSTANT as SomeConstant. */
    private static String camel(Enum<?> constant) {
        var result = new StringBuilder();
        for (String part : constant.name().split("_", -1)) {
            result.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return result.toString();
    }

    private static Object truncation(Truncation truncation) {
        return object(
                "direction", camel(truncation.direction()),
                "max_length", truncation.maxLength(),
                "strategy", camel(truncation.strategy()),
                "stride", truncation.stride());
    }

    private static Object padding(Padding padding) {
        return object(
                "strategy",
                        padding.length().isPresent()
                                ? object("Fixed", padding.length().getAsInt())
                                : "BatchLongest",
                "direction", camel(padding.direction()),
                "pad_to_multiple_of", padding.multipleOf() == 1 ? null : padding.multipleOf(),
                "pad_id", padding.id(),
                "pad_type_id", padding.typeId(),
                "pad_token", padding.token());
    }

    private static Object added(AddedTokens tokens) {
        var result = new ArrayList<Object>();
        tokens.byId()
                .forEach((id, token) -> result.add(object(
                        "id", id,
                        "content", token.content(),
                        "single_word", token.singleWord(),
                        "lstrip", token.lstrip(),
                        "rstrip", token.rstrip(),
                        "normalized", token.normalized(),
                        "special", token.special())));
        return result;
    }

    private static <T> List<@Nullable Object> all(List<T> steps, Function<T, @Nullable Object> write) {
        var result = new ArrayList<@Nullable Object>();
        for (T step : steps) {
            result.add(write.apply(step));
        }
        return result;
    }

    private static Object pattern(SplitPattern pattern) {
        return object(pattern.isRegex() ? "Regex" : "String", pattern.text());
    }

    private static @Nullable Object normalizer(@Nullable Normalizer step) {
        return switch (step) {
            case null -> null;
            case Normalizer.Sequence sequence ->
                object("type", "Sequence", "normalizers", all(sequence.normalizers(), TokenizerJsonWriter::normalizer));
            case Normalizer.Unicode unicode -> object("type", unicode.form().name());
            case Normalizer.Bert bert ->
                object(
                        "type", "BertNormalizer",
                        "clean_text", bert.cleanText(),
                        "handle_chinese_chars", bert.handleChineseChars(),
                        "strip_accents", bert.stripAccents(),
                        "lowercase", bert.lowercase());
            case Normalizer.Lowercase lowercase -> object("type", "Lowercase");
            case Normalizer.Strip strip ->
                object("type", "Strip", "strip_left", strip.left(), "strip_right", strip.right());
            case Normalizer.StripAccents accents -> object("type", "StripAccents");
            case Normalizer.Replace replace ->
                object("type", "Replace", "pattern", pattern(replace.pattern()), "content", replace.content());
            case Normalizer.Prepend prepend -> object("type", "Prepend", "prepend", prepend.prefix());
            case Normalizer.ByteLevel bytes -> object("type", "ByteLevel");
            case Normalizer.Nmt nmt -> object("type", "Nmt");
            case Normalizer.Precompiled precompiled ->
                object(
                        "type",
                        "Precompiled",
                        "precompiled_charsmap",
                        Base64.getEncoder().encodeToString(precompiled.map().blob()));
            case SentencePieceNormalizer sentencePiece ->
                throw new TokenizerException("tokenizer.json: cannot hold a SentencePiece normaliser");
        };
    }

    private static @Nullable Object preTokenizer(@Nullable PreTokenizer step) {
        return switch (step) {
            case null -> null;
            case PreTokenizer.Sequence sequence ->
                object(
                        "type",
                        "Sequence",
                        "pretokenizers",
                        all(sequence.preTokenizers(), TokenizerJsonWriter::preTokenizer));
            case PreTokenizer.Bert bert -> object("type", "BertPreTokenizer");
            case PreTokenizer.ByteLevel level ->
                byteLevel(level.addPrefixSpace(), level.trimOffsets(), level.useRegex());
            case PreTokenizer.Whitespace whitespace -> object("type", "Whitespace");
            case PreTokenizer.WhitespaceSplit split -> object("type", "WhitespaceSplit");
            case PreTokenizer.Punctuation punctuation ->
                object("type", "Punctuation", "behavior", camel(punctuation.behavior()));
            case PreTokenizer.Digits digits -> object("type", "Digits", "individual_digits", digits.individualDigits());
            case PreTokenizer.Metaspace metaspace ->
                metaspace(metaspace.replacement(), metaspace.prependScheme(), metaspace.split());
            case PreTokenizer.Split split ->
                object(
                        "type", "Split",
                        "pattern", pattern(split.pattern()),
                        "behavior", camel(split.behavior()),
                        "invert", split.invert());
            case PreTokenizer.CharDelimiter delimiter ->
                object("type", "CharDelimiterSplit", "delimiter", Character.toString(delimiter.delimiter()));
            case PreTokenizer.UnicodeScripts scripts -> object("type", "UnicodeScripts");
            case PreTokenizer.FixedLength fixed -> object("type", "FixedLength", "length", fixed.length());
        };
    }

    private static Object byteLevel(boolean addPrefixSpace, boolean trimOffsets, boolean useRegex) {
        return object(
                "type", "ByteLevel",
                "add_prefix_space", addPrefixSpace,
                "trim_offsets", trimOffsets,
                "use_regex", useRegex);
    }

    private static Object metaspace(String replacement, PreTokenizer.PrependScheme scheme, boolean split) {
        return object(
                "type",
                "Metaspace",
                "replacement",
                replacement,
                "prepend_scheme",
                scheme.name().toLowerCase(Locale.ROOT),
                "split",
                split);
    }

    private static @Nullable Object postProcessor(@Nullable PostProcessor step) {
        return switch (step) {
            case null -> null;
            case PostProcessor.Sequence sequence ->
                object(
                        "type",
                        "Sequence",
                        "processors",
                        all(sequence.processors(), TokenizerJsonWriter::postProcessor));
            case PostProcessor.ByteLevel level ->
                byteLevel(level.addPrefixSpace(), level.trimOffsets(), level.useRegex());
            case PostProcessor.ClsSep both -> {
                var result = object(
                        "type", both.roberta() ? "RobertaProcessing" : "BertProcessing",
                        "sep", List.of(both.sep(), both.sepId()),
                        "cls", List.of(both.cls(), both.clsId()));
                if (both.roberta()) {
                    result.put("trim_offsets", both.trimOffsets());
                    result.put("add_prefix_space", both.addPrefixSpace());
                }
                yield result;
            }
            case PostProcessor.Template template -> {
                var specials = new LinkedHashMap<String, @Nullable Object>();
                template.specials()
                        .forEach((name, special) -> specials.put(
                                name, object("id", name, "ids", special.ids(), "tokens", special.tokens())));
                yield object(
                        "type",
                        "TemplateProcessing",
                        "single",
                        all(template.single(), TokenizerJsonWriter::slot),
                        "pair",
                        all(template.pair(), TokenizerJsonWriter::slot),
                        "special_tokens",
                        specials);
            }
        };
    }

    private static Object slot(PostProcessor.Slot slot) {
        return switch (slot) {
            case PostProcessor.Slot.Token token ->
                object("SpecialToken", object("id", token.name(), "type_id", token.typeId()));
            case PostProcessor.Slot.Text text ->
                object("Sequence", object("id", text.second() ? "B" : "A", "type_id", text.typeId()));
        };
    }

    private static @Nullable Object decoder(@Nullable Decoder step) {
        return switch (step) {
            case null -> null;
            case Decoder.Sequence sequence ->
                object("type", "Sequence", "decoders", all(sequence.decoders(), TokenizerJsonWriter::decoder));
            case Decoder.ByteLevel level -> byteLevel(level.addPrefixSpace(), level.trimOffsets(), level.useRegex());
            case Decoder.WordPiece piece ->
                object("type", "WordPiece", "prefix", piece.prefix(), "cleanup", piece.cleanup());
            case Decoder.Metaspace metaspace ->
                metaspace(metaspace.replacement(), metaspace.prependScheme(), metaspace.split());
            case Decoder.BpeSuffix suffix -> object("type", "BPEDecoder", "suffix", suffix.suffix());
            case Decoder.Ctc ctc ->
                object(
                        "type", "CTC",
                        "pad_token", ctc.padToken(),
                        "word_delimiter_token", ctc.wordDelimiter(),
                        "cleanup", ctc.cleanup());
            case Decoder.ByteFallback bytes -> object("type", "ByteFallback");
            case Decoder.Fuse fuse -> object("type", "Fuse");
            case Decoder.Strip strip ->
                object(
                        "type", "Strip",
                        "content", Character.toString(strip.content()),
                        "start", strip.start(),
                        "stop", strip.stop());
            case Decoder.Replace replace ->
                object("type", "Replace", "pattern", pattern(replace.pattern()), "content", replace.content());
            case SentencePieceDecoder sentencePiece ->
                throw new TokenizerException("tokenizer.json: cannot hold SentencePiece's decoder");
        };
    }

    private static Map<String, @Nullable Object> vocabulary(Vocabulary vocabulary) {
        var result = new LinkedHashMap<String, @Nullable Object>();
        for (int id = 0; id < vocabulary.size(); id++) {
            String token = vocabulary.token(id);
            if (token != null) {
                result.put(token, id);
            }
        }
        return result;
    }

    private static Object model(Model model) {
        return switch (model) {
            case BpeModel bpe -> bpe(bpe);
            case WordPieceModel piece ->
                object(
                        "type", "WordPiece",
                        "unk_token", piece.unknownToken(),
                        "continuing_subword_prefix", piece.prefix(),
                        "max_input_chars_per_word", piece.maxCharsPerWord(),
                        "vocab", vocabulary(piece.vocabulary()));
            case WordLevelModel level ->
                object(
                        "type", "WordLevel",
                        "vocab", vocabulary(level.vocabulary()),
                        "unk_token", level.unknownToken());
            case UnigramModel unigram -> {
                var pieces = new ArrayList<Object>();
                for (int id = 0; id < unigram.vocabulary().size(); id++) {
                    pieces.add(List.of(
                            java.util.Objects.requireNonNull(
                                    unigram.vocabulary().token(id)),
                            unigram.score(id)));
                }
                yield object(
                        "type",
                        "Unigram",
                        "unk_id",
                        unigram.unknownId() < 0 ? null : unigram.unknownId(),
                        "vocab",
                        pieces,
                        "byte_fallback",
                        unigram.byteFallback());
            }
            case SentencePieceModel sentencePiece ->
                throw new TokenizerException("tokenizer.json: cannot hold a SentencePiece model as it is");
            case PieceListModel pieces ->
                throw new TokenizerException("tokenizer.json: cannot hold SentencePiece's word and character models");
        };
    }

    private static Object bpe(BpeModel bpe) {
        var merges = new ArrayList<Object>();
        Vocabulary vocabulary = bpe.vocabulary();
        for (int rank = 0; rank < bpe.merges().size(); rank++) {
            merges.add(List.of(
                    java.util.Objects.requireNonNull(
                            vocabulary.token(bpe.merges().left(rank))),
                    java.util.Objects.requireNonNull(
                            vocabulary.token(bpe.merges().right(rank)))));
        }
        BpeModel.Options options = bpe.options();
        return object(
                "type", "BPE",
                "dropout", null,
                "unk_token", options.unknownToken(),
                "continuing_subword_prefix", options.continuingSubwordPrefix(),
                "end_of_word_suffix", options.endOfWordSuffix(),
                "fuse_unk", options.fuseUnknown(),
                "byte_fallback", options.byteFallback(),
                "ignore_merges", options.ignoreMerges(),
                "vocab", vocabulary(vocabulary),
                "merges", merges);
    }
}
