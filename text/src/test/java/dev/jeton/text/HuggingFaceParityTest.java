package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, tokens, offsets, word ids and decoded texts of the Hugging Face libraries, on the files of real models. */
class HuggingFaceParityTest {
    private static final EncodeOptions PLAIN = EncodeOptions.defaults();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt2",
                "roberta-base",
                "modernbert",
                "whisper-tiny",
                "bert-base-cased",
                "gte-bert-uncased",
                "t5-small",
                "xlnet-base-cased"
            })
    void equalsTheReference(String name) {
        Tokenizer tokenizer = Golden.tokenizer(name);
        check(name, tokenizer);
        check(name, tokenizer.withoutFastPath()); // without the fast path
    }

    private static void check(String name, Tokenizer tokenizer) {
        var rows = Golden.rows(Golden.path("golden/tokenizers/" + name + "/golden.jsonl.gz"));
        assertThat(rows).hasSizeGreaterThan(500);
        var wrong = new ArrayList<String>();
        for (JsonValue row : rows) {
            var soft = new SoftAssertions();
            if (row.has("pair")) {
                checkPair(soft, tokenizer, row);
            } else {
                checkSingle(soft, tokenizer, row);
            }
            soft.errorsCollected().forEach(error -> wrong.add(row.file() + ": " + error.getMessage()));
        }
        assertThat(wrong.stream().limit(5)).as(wrong.size() + " differences").isEmpty();
    }

    private static void checkSingle(SoftAssertions soft, Tokenizer tokenizer, JsonValue row) {
        String text = row.get("t").string();
        Encoding encoding = tokenizer.encode(text, PLAIN);
        List<Integer> ids = Golden.integers(row.get("ids"));
        soft.assertThat(Golden.boxed(encoding.ids())).as("ids of %s", text).isEqualTo(ids);
        soft.assertThat(encoding.tokens())
                .as("tokens of %s", text)
                .isEqualTo(
                        row.get("tokens").list().stream().map(JsonValue::string).toList());
        soft.assertThat(Golden.spans(encoding, text, ""))
                .as("offsets of %s", text)
                .isEqualTo(Golden.spans(row.get("offsets_cp")));
        soft.assertThat(Golden.boxed(encoding.wordIds()))
                .as("word ids of %s", text)
                .isEqualTo(Golden.integers(row.get("word_ids")));
        soft.assertThat(Golden.boxed(encoding.specialTokensMask()))
                .as("special mask of %s", text)
                .isEqualTo(Golden.integers(row.get("special_mask")));
        List<Integer> bare = row.get("ids_nospecial").isNull() ? ids : Golden.integers(row.get("ids_nospecial"));
        soft.assertThat(Golden.boxed(
                        tokenizer.encode(text, PLAIN.withSpecialTokens(false)).ids()))
                .as("ids without special tokens of %s", text)
                .isEqualTo(bare);
        int[] all = encoding.ids();
        soft.assertThat(tokenizer.decode(all, true))
                .as("decoded, special tokens skipped")
                .isEqualTo(row.get("dec_skip").string());
        soft.assertThat(tokenizer.decode(all, false))
                .as("decoded")
                .isEqualTo(row.get("dec_all").string());
    }

    private static void checkPair(SoftAssertions soft, Tokenizer tokenizer, JsonValue row) {
        String text = row.get("t").string();
        String pair = row.get("pair").string();
        Encoding encoding = tokenizer.encode(text, pair, PLAIN);
        soft.assertThat(Golden.boxed(encoding.ids()))
                .as("ids of %s | %s", text, pair)
                .isEqualTo(Golden.integers(row.get("ids")));
        soft.assertThat(Golden.boxed(encoding.typeIds()))
                .as("type ids of %s | %s", text, pair)
                .isEqualTo(Golden.integers(row.get("type_ids")));
        soft.assertThat(encoding.tokens())
                .as("tokens of %s | %s", text, pair)
                .isEqualTo(
                        row.get("tokens").list().stream().map(JsonValue::string).toList());
        soft.assertThat(Golden.spans(encoding, text, pair))
                .as("offsets of %s | %s", text, pair)
                .isEqualTo(Golden.spans(row.get("offsets_cp")));
    }
}
