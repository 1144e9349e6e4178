package dev.jeton.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Recognises the formats that tokenizers come in. */
final class TokenizerFiles {
    private TokenizerFiles() {}

    static Tokenizer load(Path path) {
        byte[] bytes = read(path);
        return TokenizerJson.read(JsonValue.read(path.getFileName().toString(), bytes));
    }

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new TokenizerException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
