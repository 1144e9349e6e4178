package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to a tokenizer's file: it loads, or there is one kind of exception that names the file. */
class DamagedFilesTest {
    private static final String SMALL = """
            {"version":"1.0","truncation":null,"padding":null,
             "added_tokens":[{"id":5,"content":"<s>","special":true,"single_word":false,"lstrip":false,"rstrip":false,
               "normalized":false}],
             "normalizer":{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Lowercase"},
               {"type":"Replace","pattern":{"Regex":"a+"},"content":"a"}]},
             "pre_tokenizer":{"type":"Split","pattern":{"Regex":"[a-z]+"},"behavior":"Isolated","invert":false},
             "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}},
               {"Sequence":{"id":"A","type_id":0}}],"pair":[{"Sequence":{"id":"A","type_id":0}},
               {"Sequence":{"id":"B","type_id":1}}],
               "special_tokens":{"<s>":{"id":"<s>","ids":[5],"tokens":["<s>"]}}},
             "decoder":{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]},
             "model":{"type":"BPE","dropout":null,"unk_token":"u","continuing_subword_prefix":null,
               "end_of_word_suffix":null,"fuse_unk":false,"byte_fallback":false,"ignore_merges":false,
               "vocab":{"a":0,"b":1,"ab":2,"abb":3,"u":4},"merges":["a b","ab b"]}}
            """;

    @TempDir
    Path folder;

    private Path file(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Tokenizer load(String json) {
        return Tokenizer.load(file("tokenizer.json", json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Loads and encodes; whether that went well. */
    private static boolean survives(Path path) {
        try {
            Tokenizer.load(path).encode("<s>abba ab 1");
            return true;
        } catch (TokenizerException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }

    @Test
    void theSmallFileIsWhole() {
        assertThat(load(SMALL).encode("abb").tokens()).containsExactly("<s>", "abb");
    }

    @Test
    void damagedJsonLoadsOrIsRefused() {
        var random = new Random(3);
        byte[] whole = SMALL.getBytes(StandardCharsets.UTF_8);
        int[] outcomes = new int[2];
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int i = 0; i < 3000; i++) {
                byte[] damaged = damage(whole, random);
                outcomes[survives(file("tokenizer.json", damaged)) ? 1 : 0]++;
            }
        });
        assertThat(outcomes[0]).as("seed 3: files refused").isGreaterThan(500);
        assertThat(outcomes[1]).as("seed 3: files loaded").isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uni4k", "bpe-bf", "word4k"})
    void damagedSentencePieceModelsLoadOrAreRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Golden.path("golden/spm/" + name + ".model"));
        var random = new Random(4);
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int i = 0; i < 30; i++) {
                survives(file("damaged.model", damage(whole, random)));
            }
        });
    }

    @Test
    void damagedRanksLoadOrAreRefused() throws IOException {
        byte[] whole = Golden.unzipped(Golden.path("golden/tokenizers/tiktoken/cl100k_base.tiktoken.gz"));
        var random = new Random(5);
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int i = 0; i < 20; i++) {
                survives(file("damaged.tiktoken", damage(whole, random)));
            }
        });
    }

    @Test
    void damagedTekkenFilesLoadOrAreRefused() {
        byte[] whole = tekken().getBytes(StandardCharsets.UTF_8);
        assertThat(survives(file("tekken.json", whole))).isTrue();
        var random = new Random(6);
        int[] outcomes = new int[2];
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int i = 0; i < 1000; i++) {
                outcomes[survives(file("tekken.json", damage(whole, random))) ? 1 : 0]++;
            }
        });
        assertThat(outcomes[0]).as("seed 6: files refused").isGreaterThan(100);
        assertThat(outcomes[1]).as("seed 6: files loaded").isGreaterThan(10);
    }

    /** The 256 bytes and one pair of them. */
    private static String tekken() {
        var vocabulary = new StringJoiner(",");
        for (int rank = 0; rank <= 256; rank++) {
            byte[] token = rank < 256 ? new byte[] {(byte) rank} : "ab".getBytes(StandardCharsets.US_ASCII);
            String bytes = Base64.getEncoder().encodeToString(token);
            vocabulary.add("{\"rank\":%d,\"token_bytes\":\"%s\",\"token_str\":null}".formatted(rank, bytes));
        }
        return """
                {"config":{"pattern":"[a-z]+|[^a-z]+","num_vocab_tokens":257,"default_vocab_size":260,
                 "default_num_special_tokens":3,"version":"v3"},"vocab":[%s]}""".formatted(vocabulary);
    }

    @Test
    void damagedWordListsLoadOrAreRefused() {
        byte[] words = "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n##b\n##a\nab\n1\n<\n>\ns\n".getBytes(StandardCharsets.UTF_8);
        byte[] merges = "#version: 0.2\na b\nab b\n".getBytes(StandardCharsets.UTF_8);
        byte[] vocabulary = "{\"a\":0,\"b\":1,\"ab\":2,\"abb\":3}".getBytes(StandardCharsets.UTF_8);
        var random = new Random(8);
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int i = 0; i < 1000; i++) {
                survives(file("vocab.txt", damage(words, random)));
                file("vocab.json", i % 2 == 0 ? damage(vocabulary, random) : vocabulary);
                survives(file("merges.txt", damage(merges, random)));
            }
        });
    }

    @Test
    void aVocabularyThatClaimsToBeGiantTakesNoMemory() {
        String far = SMALL.replace("\"abb\":3", "\"abb\":2097150");
        assertThat(load(far).encode("abb").ids()).contains(2097150);
        assertThatThrownBy(() -> Tokenizer.load(file(
                        "tekken.json",
                        tekken().replace("\"default_vocab_size\":260", "\"default_vocab_size\":2147483647")
                                .getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("default_vocab_size");
    }

    /** Some bytes changed, cut out or doubled. */
    private static byte[] damage(byte[] whole, Random random) {
        byte[] result = whole.clone();
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(result.length);
            int length = Math.min(result.length - at, 1 + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> result[at] = (byte) random.nextInt(256);
                case 1 -> result[at] = whole[random.nextInt(whole.length)];
                case 2 -> {
                    System.arraycopy(result, at + length, result, at, result.length - at - length);
                    result = Arrays.copyOf(result, Math.max(1, result.length - length));
                }
                default -> {
                    byte[] longer = Arrays.copyOf(result, result.length + length);
                    System.arraycopy(result, at, longer, at + length, result.length - at);
                    result = longer;
                }
            }
        }
        return result;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"a b\",\"ab b\" | \"a b\",\"ab c\" | model.merges[1]",
                "\"a b\",\"ab b\" | \"a b\",\"b ab\" | model.merges[1]",
                "\"a b\",\"ab b\" | \"a b\",7 | model.merges[1]",
                "\"abb\":3 | \"abb\":2097151 | model.vocab.abb",
                "\"abb\":3 | \"abb\":-1 | model.vocab.abb",
                "\"abb\":3 | \"abb\":-1,\"abb\":3 | model.vocab.abb",
                "\"abb\":3 | \"abb\":3,\"abb\":3 | model.vocab",
                "\"abb\":3 | \"abb\":\"3\" | model.vocab.abb",
                "\"abb\":3 | \"abb\":99999999999 | model.vocab.abb",
                "\"id\":5,\"content\" | \"id\":2000000000,\"content\" | added_tokens[0].id",
                "[a-z]+ | [a-z | pre_tokenizer.pattern",
                "\"type\":\"Fuse\" | \"type\":\"Confuse\" | decoder.decoders[0].type"
            })
    void theExceptionNamesThePlace(String part, String by, String place) {
        String damaged = SMALL.replace(part, by);
        assertThat(damaged).isNotEqualTo(SMALL);
        assertThatThrownBy(() -> load(damaged))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining(place);
    }

    @Test
    void mergesThatGoInCirclesComeToAnEnd() {
        // a token may be made of itself and of nothing: the vocabulary has no empty token, so each merge shortens the
        // word
        String circular = SMALL.replace("\"a b\",\"ab b\"", "\"a b\",\"ab b\",\"a b\",\"ab b\",\"a b\"");
        Tokenizer tokenizer = load(circular);
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> tokenizer.encode("abb".repeat(100_000)).size());
    }

    @Test
    void deepJsonIsRefused() {
        assertThatThrownBy(() -> load("[".repeat(200_000))).isInstanceOf(TokenizerException.class);
        assertThatThrownBy(() -> load("{\"a\":".repeat(200_000)))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("tokenizer.json, line 1, column ");
        String normalizers = "{\"type\":\"Sequence\",\"normalizers\":[".repeat(100_000);
        String deep = SMALL.replace("\"normalizer\":{", "\"normalizer\":" + normalizers + "{");
        assertThatThrownBy(() -> load(deep)).isInstanceOf(TokenizerException.class);
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThatThrownBy(() -> Tokenizer.load(file("tokenizer.json", new byte[0])))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("nothing");
    }
}
