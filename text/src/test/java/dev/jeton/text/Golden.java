package dev.jeton.text;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Where the reference encodings lie. */
final class Golden {
    private Golden() {}

    /** A file or folder under the shared reference data; the test is skipped where there is none. */
    static Path path(String relative) {
        Path path = Path.of(System.getProperty("jeton.shared", "../shared"), relative);
        assumeTrue(Files.exists(path), "no reference data at " + path);
        return path;
    }

    static byte[] unzipped(Path path) {
        try (var in = new GZIPInputStream(Files.newInputStream(path))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tokenizer of the golden folder {@code tokenizers}. */
    static Tokenizer tokenizer(String name) {
        return TokenizerJson.read(
                JsonValue.read(name, unzipped(path("golden/tokenizers/" + name + "/tokenizer.json.gz"))));
    }

    /** The rows of a golden file, one JSON object a line. */
    static List<JsonValue> rows(Path path) {
        var rows = new ArrayList<JsonValue>();
        byte[] bytes = unzipped(path);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' && bytes[start] != '{') {
                start = i + 1; // the tiktoken files hold the second half of one row, whose text was U+0085
            } else if (bytes[i] == '\n') {
                rows.add(JsonValue.read(
                        path.getFileName() + " line " + (rows.size() + 1),
                        java.util.Arrays.copyOfRange(bytes, start, i)));
                start = i + 1;
            }
        }
        return rows;
    }

    static List<Integer> integers(JsonValue value) {
        return value.list().stream().map(JsonValue::integer).toList();
    }

    static List<Integer> boxed(int[] values) {
        return java.util.Arrays.stream(values).boxed().toList();
    }

    /** Code point offsets, as the reference gives them; null for special tokens. */
    static List<Object> spans(JsonValue value) {
        var result = new ArrayList<Object>();
        for (JsonValue span : value.list()) {
            result.add(span.isNull() ? "special" : integers(span).toString());
        }
        return result;
    }

    static List<Object> spans(Encoding encoding, String text, String pair) {
        var result = new ArrayList<Object>();
        int[] sequences = encoding.sequenceIds();
        int[] starts = encoding.starts();
        int[] ends = encoding.ends();
        for (int i = 0; i < starts.length; i++) {
            String of = sequences[i] == 1 ? pair : text;
            result.add(
                    sequences[i] < 0
                            ? "special"
                            : "[" + of.codePointCount(0, starts[i]) + ", " + of.codePointCount(0, ends[i]) + "]");
        }
        return result;
    }
}
