package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, pieces, offsets and decoded texts of SentencePiece. */
class SentencePieceParityTest {
    @ParameterizedTest
    @ValueSource(strings = {"bpe2k", "bpe-bf", "uni4k", "uni-bf", "uni-t5ish", "word4k", "char2k"})
    void equalsTheReference(String name) throws IOException {
        var model = Golden.path("golden/spm/" + name + ".model");
        Tokenizer tokenizer = SentencePieceFormat.read(name, Files.readAllBytes(model));
        check(name, tokenizer);
        check(name, tokenizer.withoutFastPath()); // without the fast path
    }

    private static void check(String name, Tokenizer tokenizer) {
        var wrong = new ArrayList<String>();
        var rows = Golden.rows(Golden.path("golden/spm/" + name + ".golden.jsonl.gz"));
        assertThat(rows).hasSizeGreaterThan(1000);
        for (JsonValue row : rows) {
            String text = row.get("t").string();
            Encoding encoding = tokenizer.encode(text);
            List<Integer> ids = Golden.integers(row.get("ids"));
            check(wrong, row, "ids", Golden.boxed(encoding.ids()), ids);
            check(wrong, row, "pieces", encoding.tokens(), row.get("pieces").rawList());
            check(wrong, row, "offsets", Golden.spans(encoding, text, ""), Golden.spans(row.get("off")));
            int[] all = ids.stream().mapToInt(Integer::intValue).toArray();
            check(wrong, row, "decoded", tokenizer.decode(all), row.get("dec").string());
        }
        assertThat(wrong.stream().limit(5)).as(wrong.size() + " differences").isEmpty();
    }

    private static void check(List<String> wrong, JsonValue row, String what, Object actual, Object expected) {
        if (!actual.equals(expected)) {
            wrong.add(row.file() + ", " + what + " of " + row.get("t").string() + ": " + actual + " instead of "
                    + expected);
        }
    }
}
