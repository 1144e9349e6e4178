package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streamed text is the decoded text, in whole characters. */
class DecodeStreamTest {
    private static String streamed(Tokenizer tokenizer, int[] ids, boolean skipSpecial) {
        DecodeStream stream = tokenizer.decodeStream(skipSpecial);
        var result = new StringBuilder();
        for (int id : ids) {
            String text = stream.put(id);
            if (!text.isEmpty()) {
                assertThat(Character.isHighSurrogate(text.charAt(text.length() - 1)))
                        .as("ends within a character")
                        .isFalse();
            }
            result.append(text);
        }
        return result.append(stream.finish()).toString();
    }

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
                "xlnet-base-cased",
                "mistral-v03"
            })
    void equalsDecodingAtOnce(String name) {
        Tokenizer tokenizer = Golden.tokenizer(name);
        var rows = Golden.rows(Golden.path("golden/tokenizers/gpt2/golden.jsonl.gz"));
        int checked = 0;
        for (JsonValue row : rows) {
            int[] ids = tokenizer
                    .encode(row.get("t").string(), EncodeOptions.defaults())
                    .ids();
            assertThat(streamed(tokenizer, ids, true)).isEqualTo(tokenizer.decode(ids, true));
            assertThat(streamed(tokenizer, ids, false)).isEqualTo(tokenizer.decode(ids, false));
            checked++;
        }
        assertThat(checked).isGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "whisper-tiny", "bert-base-cased"})
    void equalsDecodingAtOnceForAnyIds(String name) {
        Tokenizer tokenizer = Golden.tokenizer(name);
        long seed = 20261124;
        var random = new Random(seed);
        for (int run = 0; run < 300; run++) {
            int[] ids = random.ints(random.nextInt(30), 0, tokenizer.vocabularySize() + 3)
                    .toArray();
            assertThat(streamed(tokenizer, ids, true))
                    .as("seed " + seed + ", run " + run)
                    .isEqualTo(tokenizer.decode(ids, true));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpe-bf", "uni-bf", "uni-t5ish", "bpe2k", "char2k"})
    void sentencePieceStreamsToo(String name) {
        Tokenizer tokenizer = Tokenizer.load(Golden.path("golden/spm/" + name + ".model"));
        for (JsonValue row : Golden.rows(Golden.path("golden/spm/" + name + ".golden.jsonl.gz"))) {
            int[] ids = Golden.integers(row.get("ids")).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            assertThat(streamed(tokenizer, ids, true)).isEqualTo(tokenizer.decode(ids));
        }
    }

    @Test
    void aCharacterComesWhenItIsWhole() {
        Tokenizer tokenizer = Golden.tokenizer("gpt2");
        int[] ids = tokenizer.encode("🙂", EncodeOptions.defaults()).ids();
        assertThat(ids.length).isGreaterThan(1);
        DecodeStream stream = tokenizer.decodeStream();
        for (int i = 0; i < ids.length - 1; i++) {
            assertThat(stream.put(ids[i])).isEmpty();
        }
        assertThat(stream.put(ids[ids.length - 1])).isEqualTo("🙂");
        assertThat(stream.finish()).isEmpty();
        stream.put(ids[0]);
        assertThat(stream.finish()).as("what stays unfinished").isEqualTo("\uFFFD");
    }

    @Test
    void wholeBytesComeBeforeTheirRunEnds() {
        Tokenizer tokenizer = Tokenizer.load(Golden.path("golden/spm/bpe-bf.model"));
        DecodeStream stream = tokenizer.decodeStream();
        var parts = new java.util.ArrayList<String>();
        for (String token : List.of("▁a", "<0xE7>", "<0x8C>", "<0xAB>", "<0xE7>", "<0x8C>", "<0xAB>")) {
            parts.add(stream.put(tokenizer.id(token).orElseThrow()));
        }
        assertThat(parts).containsExactly("a", "", "", "猫", "", "", "猫");
    }

    @Test
    void bytesOfATokenAreWhatItWrites() {
        Tokenizer gpt2 = Golden.tokenizer("gpt2");
        assertThat(gpt2.bytes(gpt2.id("Ġthis").orElseThrow())).asString().isEqualTo(" this");
        Tokenizer bert = Golden.tokenizer("bert-base-cased");
        assertThat(bert.bytes(bert.id("##ing").orElseThrow())).asString().isEqualTo("ing");
        Tokenizer mistral = Golden.tokenizer("mistral-v03");
        assertThat(mistral.bytes(mistral.id("<0xE7>").orElseThrow())).containsExactly(0xE7);
        assertThat(mistral.bytes(mistral.id("▁the").orElseThrow())).asString().isEqualTo(" the");
        assertThat(gpt2.bytes(-1)).isEmpty();
    }
}
