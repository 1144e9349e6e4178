package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that the library is judged by, line for line, with paths of the test's. */
class TokenProgramTest {
    @TempDir
    private Path folder;

    @Test
    void tokens() throws IOException {
        String document = "Jeton is French for token. Everything becomes tokens.\n".repeat(100);
        Path corpus = Files.writeString(folder.resolve("corpus.txt"), document);

        var mine = BpeTrainer.byteLevel(32_000).train(List.of(corpus));
        mine.save(folder.resolve("my-tokenizer")); // a folder that Hugging Face opens

        var tokenizer = Tokenizer.load(folder.resolve("my-tokenizer/tokenizer.json"));
        int[] ids = tokenizer.encode("Jeton is French for token.").ids();
        String text = tokenizer.decode(ids);
        int n = tokenizer.count(document);

        assertThat(text).isEqualTo("Jeton is French for token.");
        assertThat(ids).hasSize(6);
        assertThat(n).isEqualTo(tokenizer.encode(document).size());
    }
}
