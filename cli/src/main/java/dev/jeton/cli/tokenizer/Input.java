package dev.jeton.cli.tokenizer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a command's text comes from. */
final class Input {
    static final String TOKENIZER =
            "A folder or file: tokenizer.json, .model, .tiktoken, tekken.json, vocab.txt, vocab.json with merges.txt.";

    private Input() {}

    /** The text itself, or standard input where it is {@code -} or not given. */
    static String text(@Nullable String argument) throws IOException {
        return argument == null || argument.equals("-") ? standardInput() : argument;
    }

    /** A file's text, or standard input's for {@code -}. */
    static String file(Path file) throws IOException {
        return file.toString().equals("-") ? standardInput() : decode(Files.readAllBytes(file));
    }

    private static String standardInput() throws IOException {
        return decode(System.in.readAllBytes());
    }

    /** Bytes that are no UTF-8 become U+FFFD: a tokenizer must take whatever a file holds. */
    private static String decode(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
