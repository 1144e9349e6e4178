package dev.jeton.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes tokenizers of bare vocabularies: BERT's {@code vocab.txt}, GPT-2's {@code vocab.json} with {@code merges.txt}. */
final class VocabularyFiles {
    private VocabularyFiles() {}

    /**
     * BERT's. Whether it knows lower case only is what {@code tokenizer_config.json} beside it says; without that, it is taken to
     * be cased if any token that is not in brackets has a capital letter.
     */
    static Tokenizer bert(Path path, byte[] bytes) {
        String name = String.valueOf(path.getFileName());
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        var vocabulary = new StringVocabulary(lines.size());
        boolean cased = false;
        for (int id = 0; id < lines.size(); id++) {
            String token = lines.get(id);
            vocabulary.add(token, id);
            cased |= !token.startsWith("[")
                    && token.chars().anyMatch(unit -> unit < 0x80 && Character.isUpperCase(unit));
        }
        var added = new HashMap<Integer, AddedToken>();
        for (String token : List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")) {
            if (vocabulary.id(token) >= 0) {
                added.put(vocabulary.id(token), AddedToken.special(token));
            }
        }
        if (vocabulary.id("[UNK]") < 0 || vocabulary.id("[CLS]") < 0 || vocabulary.id("[SEP]") < 0) {
            throw new TokenizerException(name + ": a BERT vocabulary must hold [UNK], [CLS] and [SEP]");
        }
        Path config = path.resolveSibling("tokenizer_config.json");
        if (Files.exists(config)) {
            cased = !JsonValue.read("tokenizer_config.json", TokenizerFiles.read(config))
                    .get("do_lower_case")
                    .bool(!cased);
        }
        var normalizer = new Normalizer.Bert(true, true, null, !cased);
        var model = new WordPieceModel(vocabulary, "[UNK]", "##", 100);
        var pipeline = new Pipeline(
                new AddedTokens(added, normalizer),
                normalizer,
                new PreTokenizer.Bert(),
                model,
                bertTemplate(vocabulary),
                new Decoder.WordPiece("##", true));
        return new Tokenizer(pipeline, EncodeOptions.defaults());
    }

    /** {@code [CLS] A [SEP]} and {@code [CLS] A [SEP] B [SEP]}. */
    static PostProcessor bertTemplate(Vocabulary vocabulary) {
        var cls = new PostProcessor.Slot.Token("[CLS]", 0);
        var first = new PostProcessor.Slot.Text(false, 0);
        var sep = new PostProcessor.Slot.Token("[SEP]", 0);
        var second = new PostProcessor.Slot.Text(true, 1);
        var end = new PostProcessor.Slot.Token("[SEP]", 1);
        Map<String, PostProcessor.Special> specials = new LinkedHashMap<>();
        for (String token : List.of("[CLS]", "[SEP]")) {
            specials.put(token, new PostProcessor.Special(List.of(vocabulary.id(token)), List.of(token)));
        }
        return new PostProcessor.Template(List.of(cls, first, sep), List.of(cls, first, sep, second, end), specials);
    }

    /** GPT-2's. */
    static Tokenizer gpt2(Path vocabularyFile, Path mergesFile) {
        JsonValue root =
                JsonValue.read(String.valueOf(vocabularyFile.getFileName()), TokenizerFiles.read(vocabularyFile));
        Vocabulary vocabulary = ModelJson.vocabulary(root);
        String name = String.valueOf(mergesFile.getFileName());
        List<String> lines = new String(TokenizerFiles.read(mergesFile), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#version") && !line.isBlank())
                .toList();
        MergeTable merges = ModelJson.merges(new JsonValue(name, "merges", List.copyOf(lines)), vocabulary, 0);
        var added = new HashMap<Integer, AddedToken>();
        if (vocabulary.id("<|endoftext|>") >= 0) {
            added.put(vocabulary.id("<|endoftext|>"), AddedToken.special("<|endoftext|>"));
        }
        var pipeline = new Pipeline(
                new AddedTokens(added, null),
                null,
                new PreTokenizer.ByteLevel(false, true, true),
                new BpeModel(vocabulary, merges, BpeModel.Options.plain()),
                new PostProcessor.ByteLevel(false, false, true),
                new Decoder.ByteLevel(false, true, true));
        return new Tokenizer(pipeline, EncodeOptions.defaults());
    }
}
