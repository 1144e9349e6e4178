package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of tiktoken, special tokens taken as text. */
class TiktokenParityTest {
    @ParameterizedTest
    @ValueSource(strings = {"cl100k_base", "o200k_base"})
    void equalsTheReference(String name) {
        byte[] ranks = Golden.unzipped(Golden.path("golden/tokenizers/tiktoken/" + name + ".tiktoken.gz"));
        Tokenizer tokenizer = TiktokenFormat.read(name, ranks);
        var options = EncodeOptions.defaults().withParsedSpecialTokens(false);
        var wrong = new ArrayList<String>();
        var rows = Golden.rows(Golden.path("golden/tokenizers/tiktoken/" + name + ".golden.jsonl.gz"));
        assertThat(rows).hasSize(1999);
        for (JsonValue row : rows) {
            String text = row.get("t").string();
            Encoding encoding = tokenizer.encode(text, options);
            if (!Golden.boxed(encoding.ids()).equals(Golden.integers(row.get("ids")))) {
                wrong.add(row.file() + ": " + text + " became " + encoding.tokens());
            }
            assertThat(encoding.row().ids()).isEqualTo(encoding.ids());
            assertThat(tokenizer.decode(encoding.ids(), false)).isEqualTo(text);
        }
        assertThat(wrong.stream().limit(5)).as(wrong.size() + " differences").isEmpty();
    }
}
