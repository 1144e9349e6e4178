package dev.jeton.vectors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Chooses the format of a file: by its name to write it, by its first bytes to read it. */
final class VectorFiles {
    private static final int HEAD = 1 << 14;

    private VectorFiles() {}

    private interface Writer {
        void write(WordVectors vectors, Path file) throws IOException;
    }

    static void save(WordVectors vectors, Path file) throws IOException {
        writer(file).write(vectors, file);
    }

    /** Checks that the file's name says a format. */
    static void requireFormat(Path file) {
        writer(file);
    }

    private static Writer writer(Path file) {
        Path last = file.getFileName();
        String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".safetensors")) {
            return SafetensorsFormat::write;
        }
        if (name.endsWith(".bin")) {
            return BinaryFormat::write;
        }
        if (name.endsWith(".vec") || name.endsWith(".txt")) {
            return TextFormat::write;
        }
        throw new IllegalArgumentException("word vectors: the name of " + file
                + " does not say its format: end it in .vec or .txt (text), .bin (binary) or .safetensors");
    }

    static WordVectors open(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        if (head.length == 0) {
            throw new VectorFileException(file, "the file is empty");
        }
        if (head.length >= 4
                && ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt() == FastTextFormat.MAGIC) {
            return FastTextFormat.read(file);
        }
        if (head.length > 8 && head[8] == '{') {
            return SafetensorsFormat.open(file);
        }
        return looksLikeText(head) ? TextFormat.read(file) : BinaryFormat.read(file);
    }

    /** In text the first row has no control characters and ends in a number; the bytes of a binary vector do not manage both. */
    private static boolean looksLikeText(byte[] head) {
        String text = new String(head, ISO_8859_1);
        int line = text.indexOf('\n');
        boolean header = line > 0 && text.substring(0, line).strip().matches("\\d+ +\\d+");
        int from = header ? line + 1 : 0;
        int end = text.indexOf('\n', from);
        String row = text.substring(from, end < 0 ? text.length() : end).stripTrailing();
        boolean cutShort = end < 0 && head.length == HEAD;
        return row.chars().noneMatch(c -> c < ' ' && c != '\t')
                && (cutShort || row.substring(row.lastIndexOf(' ') + 1).matches("[-+0-9.eE]+|[-+]?(nan|inf).*"));
    }
}
