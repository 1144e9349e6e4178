package dev.jeton.text;

import java.nio.file.Path;
import java.util.Locale;

/** What a tokenizer can be saved as; {@link Tokenizer#load} opens each. */
public enum TokenizerFormat {
    /** A folder with {@code tokenizer.json}, {@code tokenizer_config.json} and {@code special_tokens_map.json}. */
    HUGGING_FACE,
    /** BERT's {@code vocab.txt}, a token on each line. */
    VOCAB_TXT,
    /** GPT-2's {@code vocab.json}, with {@code merges.txt} beside it. */
    VOCAB_JSON,
    /** tiktoken's rank file; it holds neither the pattern that cuts words nor special tokens. */
    TIKTOKEN,
    /** Mistral's {@code tekken.json}: ranks behind a block of special tokens, with the pattern that cuts words. */
    TEKKEN,
    /** A SentencePiece {@code .model}. */
    SENTENCEPIECE;

    /**
     * What a file's name says: {@code tekken.json}, {@code .txt}, {@code .json}, {@code .tiktoken}, {@code .model}; a folder for
     * the rest.
     */
    public static TokenizerFormat ofName(Path path) {
        String name = String.valueOf(path.getFileName());
        if (name.equals("tekken.json")) {
            return TEKKEN;
        }
        if (name.endsWith(".model")) {
            return SENTENCEPIECE;
        }
        if (name.endsWith(".tiktoken")) {
            return TIKTOKEN;
        }
        if (name.endsWith(".txt")) {
            return VOCAB_TXT;
        }
        return name.endsWith(".json") ? VOCAB_JSON : HUGGING_FACE;
    }

    /** The name in lower case with hyphens. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
