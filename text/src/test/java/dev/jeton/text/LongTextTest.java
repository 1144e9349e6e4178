package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Texts that are made to be slow take time in proportion to their length: where the square of a million went into it, hours would not be
 * enough, and the limits here are of half a minute.
 */
class LongTextTest {
    private static final int LENGTH = 1_000_000;

    private enum Hostile {
        ONE_LETTER("a"::repeat),
        ONE_IDEOGRAPH("中"::repeat),
        RANDOM_LETTERS(length -> random(length, 'a', 26)),
        RANDOM_IDEOGRAPHS(length -> random(length, 0x4E00, 0x5000)),
        SPACES(" "::repeat),
        LINE_BREAKS("\n"::repeat),
        BLANK_LINES(length -> " \n".repeat(length / 2)),
        SIGNS("="::repeat),
        APOSTROPHES(length -> "'s".repeat(length / 2)),
        DIGITS("9"::repeat),
        TWO_LETTERS(length -> "ab".repeat(length / 2)),
        ACCENTS("\u0301"::repeat),
        FACES(length -> "😀\u200D".repeat(length / 3)),
        LONE_SURROGATES("\uD800"::repeat),
        BEGINNINGS_OF_SPECIAL_TOKENS(length -> "<|".repeat(length / 2));

        private final IntFunction<String> text;

        Hostile(IntFunction<String> text) {
            this.text = text;
        }

        private static String random(int length, int first, int count) {
            var random = new Random(5);
            char[] chars = new char[length];
            for (int i = 0; i < length; i++) {
                chars[i] = (char) (first + random.nextInt(count));
            }
            return new String(chars);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "modernbert", "bert-base-cased", "gte-bert-uncased", "mistral-v03", "t5-small"})
    void aMillionOfAnythingIsEncodedInProportion(String name) {
        Tokenizer tokenizer = Golden.tokenizer(name);
        for (Hostile hostile : Hostile.values()) {
            String text = hostile.text.apply(LENGTH);
            assertTimeoutPreemptively(
                    Duration.ofSeconds(30), () -> encode(tokenizer, text), () -> name + ", " + hostile);
            String beginning = text.substring(0, 3000);
            assertThat(encode(tokenizer, beginning))
                    .as("%s, %s: the beginning", name, hostile)
                    .isEqualTo(tokenizer.pipeline().row(beginning, 0, true).ids());
        }
    }

    private static int[] encode(Tokenizer tokenizer, String text) {
        return tokenizer
                .encode(text, EncodeOptions.defaults().withSpecialTokens(false))
                .ids();
    }
}
