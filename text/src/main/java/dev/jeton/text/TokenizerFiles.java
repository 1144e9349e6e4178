package dev.jeton.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Recognises the formats that tokenizers come in, by what is in the file. */
final class TokenizerFiles {
    /** The files of a folder that can make a tokenizer, the most complete first. */
    private static final List<String> IN_FOLDER = List.of(
            "tokenizer.json",
            "tekken.json",
            "tokenizer.model",
            "spiece.model",
            "sentencepiece.bpe.model",
            "spm.model",
            "vocab.json",
            "vocab.txt");

    private TokenizerFiles() {}

    static Tokenizer load(Path path) {
        if (!Files.isDirectory(path)) {
            return loadFile(path);
        }
        for (String name : IN_FOLDER) {
            if (Files.exists(path.resolve(name))) {
                return loadFile(path.resolve(name));
            }
        }
        List<String> names = names(path);
        List<String> others = names.stream()
                .filter(name -> name.endsWith(".tiktoken") || name.endsWith(".model"))
                .toList();
        if (others.size() == 1) {
            return loadFile(path.resolve(others.getFirst()));
        }
        throw new TokenizerException("%s: the folder must hold one of %s or one .tiktoken or .model file, it holds %s"
                .formatted(path, IN_FOLDER, names.size() > 8 ? names.subList(0, 8) + " and more" : names));
    }

    private static Tokenizer loadFile(Path path) {
        return recognise(path).withConfig(TokenizerConfig.beside(path));
    }

    private static Tokenizer recognise(Path path) {
        String name = String.valueOf(path.getFileName());
        byte[] bytes = read(path);
        int first = firstSign(bytes);
        if (first == '{') {
            return loadJson(path, name, JsonValue.read(name, bytes));
        }
        if (name.endsWith(".txt") && name.startsWith("merges")) {
            return VocabularyFiles.gpt2(path.resolveSibling("vocab.json"), path);
        }
        if (TiktokenFormat.looksLike(bytes)) {
            return TiktokenFormat.read(name, bytes);
        }
        if (bytes.length > 2 && bytes[0] == 0x0A) {
            return SentencePieceFormat.read(name, bytes);
        }
        if (name.endsWith(".txt")) {
            return VocabularyFiles.bert(path, bytes);
        }
        throw new TokenizerException(
                "%s: must be a tokenizer.json, tekken.json, vocab.json with merges.txt, vocab.txt, a".formatted(path)
                        + " tiktoken rank file or a SentencePiece model; it begins with " + beginning(bytes));
    }

    private static Tokenizer loadJson(Path path, String name, JsonValue root) {
        if (root.has("model")) {
            return TokenizerJson.read(root);
        }
        if (root.has("config") && root.get("vocab").isList()) {
            return TekkenFormat.read(root);
        }
        Path merges = path.resolveSibling("merges.txt");
        boolean vocabulary = root.value() instanceof JsonNumbers ids && ids.count() > 0;
        if (vocabulary && Files.exists(merges)) {
            return VocabularyFiles.gpt2(path, merges);
        }
        throw new TokenizerException(name
                + (vocabulary
                        ? ": a vocab.json needs a merges.txt beside it"
                        : ": must have a model (tokenizer.json) or a config and a vocab (tekken.json), has "
                                + root.map().keySet().stream().limit(8).toList()));
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new TokenizerException(folder + ": cannot be read: " + e, e);
        }
    }

    private static int firstSign(byte[] bytes) {
        int at = bytes.length > 2 && bytes[0] == (byte) 0xEF ? 3 : 0;
        while (at < bytes.length && bytes[at] > 0 && bytes[at] <= ' ') {
            at++;
        }
        return at < bytes.length ? bytes[at] : -1;
    }

    private static String beginning(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(20, bytes.length), StandardCharsets.ISO_8859_1);
        return bytes.length == 0 ? "nothing" : '"' + text.replaceAll("[^ -~]", "?") + '"';
    }

    static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new TokenizerException(path + ": no such file or folder", e);
        } catch (IOException e) {
            throw new TokenizerException(path + ": cannot be read: " + e, e);
        }
    }
}
