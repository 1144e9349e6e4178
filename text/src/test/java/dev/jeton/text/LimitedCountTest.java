package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counting up to a limit gives the count, or nothing. */
class LimitedCountTest {
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "roberta-base", "bert-base-cased", "t5-small"})
    void equalsTheCountWhereItIsWithin(String name) {
        Tokenizer tokenizer = Golden.tokenizer(name);
        String text = Golden.rows(Golden.path("golden/tokenizers/gpt2/golden.jsonl.gz")).stream()
                .map(row -> row.get("t").string())
                .collect(Collectors.joining("\nThen "))
                .repeat(3);
        assertThat(text.length()).as("more than one part").isGreaterThan(70_000);
        int count = tokenizer.encode(text, EncodeOptions.defaults()).size();
        assertThat(tokenizer.count(text, count)).hasValue(count);
        assertThat(tokenizer.count(text, count - 1)).isEmpty();
        assertThat(tokenizer.count(text, 10)).isEmpty();
        assertThat(tokenizer.count("", 100))
                .hasValue(tokenizer.encode("", EncodeOptions.defaults()).size());
    }

    @Test
    void aLimitIsNotNegative() {
        Tokenizer tokenizer = Golden.tokenizer("gpt2");
        assertThatThrownBy(() -> tokenizer.count("a", -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
