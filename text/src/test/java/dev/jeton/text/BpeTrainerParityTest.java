package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the reference trainers learn, byte for byte, from the lines of two corpora. */
class BpeTrainerParityTest {
    @TempDir
    private Path folder;

    private Path corpus(String name) throws IOException {
        return Files.write(
                folder.resolve(name), Golden.unzipped(Golden.path("golden/tokenizers/trained/" + name + ".txt.gz")));
    }

    private void check(BpeTrainer trainer, String corpus, String golden) throws IOException {
        Tokenizer trained = trainer.withLines(true).train(List.of(corpus(corpus)));
        trained.save(folder.resolve("trained"));
        String expected = new String(
                Golden.unzipped(Golden.path("golden/tokenizers/trained/" + golden + ".tokenizer.json.gz")),
                StandardCharsets.UTF_8);
        String written = Files.readString(folder.resolve("trained/tokenizer.json"));
        assertThat(written.equals(expected)).as("the file is the reference's").isTrue();
        assertThat(Tokenizer.load(folder.resolve("trained")).vocabularySize()).isEqualTo(trained.vocabularySize());
    }

    @ParameterizedTest
    @CsvSource({"english,2000,2", "english,8000,0", "mixed,2000,2", "mixed,8000,0"})
    void byteLevelEqualsTheReference(String corpus, int size, int minFrequency) throws IOException {
        BpeTrainer trainer = BpeTrainer.byteLevel(size).withMinFrequency(minFrequency);
        // the larger ones were trained without special tokens
        BpeTrainer fitting = size == 2000 ? trainer : trainer.withSpecialTokens(List.of());
        check(fitting, corpus, corpus + "-bytelevel-bpe-" + size);
    }

    @Test
    void charactersEqualTheReference() throws IOException {
        check(BpeTrainer.characters(4000), "english", "english-metaspace-bpe-4000");
    }

    /** The reference's own vocabulary differs from run to run; stats.json has how many tokens it needs. */
    @ParameterizedTest
    @CsvSource({"english,435262", "mixed,169781"})
    void wordPieceNeedsNoMoreTokensThanTheReference(String corpus, int reference) throws IOException {
        Path file = corpus(corpus);
        Tokenizer trained = BpeTrainer.wordPiece(3000).withLines(true).train(List.of(file));
        var options = EncodeOptions.defaults().withSpecialTokens(false);
        long tokens = 0;
        for (String line : Files.readAllLines(file)) {
            tokens += trained.encode(line, options).size();
        }
        assertThat(tokens).isBetween(reference / 2L, (long) reference);
    }
}
