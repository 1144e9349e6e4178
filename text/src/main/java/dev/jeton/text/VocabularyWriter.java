package dev.jeton.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the formats that are bare vocabularies, and refuses what they cannot hold. */
final class VocabularyWriter {
    private VocabularyWriter() {}

    /** BERT's list; whether it is in lower case goes into a {@code tokenizer_config.json} beside it, unless there is one. */
    static void bert(Pipeline pipeline, Path file) {
        if (!(pipeline.model() instanceof WordPieceModel model
                && model.prefix().equals("##")
                && pipeline.preTokenizer() instanceof PreTokenizer.Bert
                && pipeline.normalizer() instanceof Normalizer.Bert normalizer)) {
            throw refused(file, "vocab.txt holds BERT's word pieces only");
        }
        Vocabulary vocabulary = model.vocabulary();
        var text = new StringBuilder();
        for (int id = 0; id < vocabulary.size(); id++) {
            String token = vocabulary.token(id);
            if (token == null || token.lines().count() != 1) {
                throw refused(file, "vocab.txt must have one token on each line, and id " + id + " is not such a one");
            }
            text.append(token).append('\n');
        }
        checkAdded(pipeline, file);
        WholeFile.write(file, text.toString());
        Path config = file.resolveSibling("tokenizer_config.json");
        if (!Files.exists(config)) {
            var entries = new LinkedHashMap<String, @Nullable Object>();
            entries.put("do_lower_case", normalizer.lowercase());
            entries.put("tokenizer_class", "BertTokenizer");
            WholeFile.write(config, JsonPrinter.print(entries));
        }
    }

    /** GPT-2's two files. */
    static void gpt2(Pipeline pipeline, Path file) {
        if (!(pipeline.model() instanceof BpeModel model
                && pipeline.preTokenizer() instanceof PreTokenizer.ByteLevel level
                && level.useRegex()
                && !level.addPrefixSpace()
                && pipeline.normalizer() == null)) {
            throw refused(
                    file, "vocab.json and merges.txt do not say how text is cut, so that they hold only GPT-2's way");
        }
        checkAdded(pipeline, file);
        Vocabulary vocabulary = model.vocabulary();
        var entries = new LinkedHashMap<String, @Nullable Object>();
        for (int id = 0; id < vocabulary.size(); id++) {
            String token = vocabulary.token(id);
            if (token != null) {
                entries.put(token, id);
            }
        }
        var merges = new StringBuilder("#version: 0.2\n");
        for (int rank = 0; rank < model.merges().size(); rank++) {
            merges.append(vocabulary.token(model.merges().left(rank)))
                    .append(' ')
                    .append(vocabulary.token(model.merges().right(rank)))
                    .append('\n');
        }
        WholeFile.write(file, JsonPrinter.print(entries));
        WholeFile.write(file.resolveSibling("merges.txt"), merges.toString());
    }

    private static void checkAdded(Pipeline pipeline, Path file) {
        for (Map.Entry<Integer, AddedToken> added :
                pipeline.addedTokens().byId().entrySet()) {
            if (pipeline.model().vocabulary().id(added.getValue().content()) != added.getKey()) {
                throw refused(
                        file,
                        "the added token " + added.getValue().content()
                                + " is not in the vocabulary, and this format has no other place for it");
            }
        }
    }

    static TokenizerException refused(Path file, String rule) {
        return new TokenizerException(file + ": " + rule + "; save it as a folder with a tokenizer.json");
    }
}
