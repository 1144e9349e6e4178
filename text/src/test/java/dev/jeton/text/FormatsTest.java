package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is saved in a format and loaded again gives the same ids; what a format cannot hold is refused. */
class FormatsTest {
    private static final EncodeOptions BARE = EncodeOptions.defaults().withSpecialTokens(false);
    private static final List<String> TEXTS =
            List.of("The quick brown fox, don't  jump!", "中文 and ﬁne ½ e\u0301 한국어", "x\ty\nz", "🙂 \u0391\u03b1", "");

    @TempDir
    private Path folder;

    private static void same(Tokenizer one, Tokenizer other) {
        for (String text : TEXTS) {
            assertThat(other.encode(text, BARE).ids())
                    .as(text)
                    .isEqualTo(one.encode(text, BARE).ids());
        }
    }

    private List<Path> corpus() throws IOException {
        return List.of(Files.write(
                folder.resolve("mixed.txt"), Golden.unzipped(Golden.path("golden/tokenizers/trained/mixed.txt.gz"))));
    }

    @Test
    void vocabTxt() throws IOException {
        Tokenizer trained = BpeTrainer.wordPiece(2000).withLines(true).train(corpus());
        Path file = folder.resolve("out/vocab.txt");
        trained.save(file, TokenizerFormat.VOCAB_TXT);
        same(trained, Tokenizer.load(file));
        assertThat(Files.readString(folder.resolve("out/tokenizer_config.json")))
                .contains("\"do_lower_case\": true");
    }

    @Test
    void vocabJsonAndMerges() throws IOException {
        Tokenizer trained = BpeTrainer.byteLevel(1000).withLines(true).train(corpus());
        Path file = folder.resolve("out/vocab.json");
        trained.save(file, TokenizerFormat.VOCAB_JSON);
        same(trained, Tokenizer.load(file));
    }

    @Test
    void tiktokenRanks() {
        Tokenizer gpt2 = Golden.tokenizer("gpt2");
        Path file = folder.resolve("gpt2.tiktoken");
        gpt2.save(file, TokenizerFormat.TIKTOKEN);
        same(gpt2, Tokenizer.load(file));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sentencePieceOfWhatIsTrained(boolean bpe) throws IOException {
        List<Path> corpus = corpus();
        Tokenizer trained = bpe
                ? BpeTrainer.characters(2500)
                        .withAlphabetLimit(1000)
                        .withByteFallback(true)
                        .withLines(true)
                        .train(corpus)
                : UnigramTrainer.of(2500).withLines(true).train(corpus);
        Path file = folder.resolve("trained.model");
        trained.save(file, TokenizerFormat.SENTENCEPIECE);
        Tokenizer read = Tokenizer.load(file);
        same(trained, read);
        assertThat(read.specialToken(SpecialToken.EOS)).contains("</s>");
        // lines that begin with a space have one piece more in SentencePiece
        for (String line : Files.readAllLines(corpus.getFirst()).subList(0, 500)) {
            if (!line.startsWith(" ") && bpe) {
                assertThat(read.encode(line, BARE).ids())
                        .as(line)
                        .isEqualTo(trained.encode(line, BARE).ids());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uni4k", "bpe2k", "bpe-bf", "uni-bf", "uni-t5ish", "char2k", "word4k"})
    void sentencePieceAsItWasRead(String name) {
        Tokenizer read = Tokenizer.load(Golden.path("golden/spm/" + name + ".model"));
        Path file = folder.resolve("again.model");
        read.save(file, TokenizerFormat.SENTENCEPIECE);
        Tokenizer again = Tokenizer.load(file);
        for (JsonValue row : Golden.rows(Golden.path("golden/spm/" + name + ".golden.jsonl.gz"))) {
            String text = row.get("t").string();
            assertThat(again.encode(text).ids())
                    .as(text)
                    .isEqualTo(read.encode(text).ids());
        }
    }

    @Test
    void sentencePieceBecomesATokenizerJsonWhereThatSaysTheSame() {
        Tokenizer model = Tokenizer.load(Golden.path("golden/tokenizers/mistral-v03/tokenizer.model"));
        model.save(folder.resolve("mistral"));
        Tokenizer json = Tokenizer.load(folder.resolve("mistral"));
        int rows = 0;
        for (JsonValue row : Golden.rows(Golden.path("golden/spm/bpe-bf.golden.jsonl.gz"))) {
            String text = row.get("t").string();
            int[] ids = model.encode(text).ids();
            assertThat(json.encode(text, BARE.withParsedSpecialTokens(false)).ids())
                    .as(text)
                    .isEqualTo(ids);
            assertThat(json.decode(ids)).isEqualTo(model.decode(ids));
            rows++;
        }
        assertThat(rows).isGreaterThan(500);
        Tokenizer words = Tokenizer.load(Golden.path("golden/spm/word4k.model"));
        assertThatThrownBy(() -> words.save(folder.resolve("no"))).hasMessageContaining("word or character model");
    }

    /**
     * The two apply a character map in different ways, by longest match and by grapheme, and of two cuts with the same score they
     * may take another one: all but few texts have the same ids, plain ones as many.
     */
    @ParameterizedTest
    @ValueSource(strings = {"uni4k", "bpe2k", "uni-bf"})
    void aCharacterMapGoesIntoTheTokenizerJson(String name) throws IOException {
        Tokenizer model = Tokenizer.load(Golden.path("golden/spm/" + name + ".model"));
        model.save(folder.resolve(name));
        Tokenizer json = Tokenizer.load(folder.resolve(name));
        int rows = 0;
        int same = 0;
        for (JsonValue row : Golden.rows(Golden.path("golden/spm/" + name + ".golden.jsonl.gz"))) {
            String text = row.get("t").string();
            int[] expected = model.encode(text).ids();
            int[] ids = json.encode(text, BARE.withParsedSpecialTokens(false)).ids();
            rows++;
            same += Arrays.equals(ids, expected) ? 1 : 0;
            // what spells a control token is that token to whoever reads a tokenizer.json
            if (text.chars().allMatch(unit -> unit >= ' ' && unit < 0x7F && unit != '<')) {
                assertThat(ids).as(text).hasSameSizeAs(expected);
            }
        }
        assertThat(same).as("of %d", rows).isGreaterThan(rows * 4 / 5);
    }

    @Test
    void tekken() throws IOException {
        Path corpus = Files.write(
                folder.resolve("corpus.txt"), Golden.unzipped(Golden.path("golden/tokenizers/trained/mixed.txt.gz")));
        Vocabulary learnt = BpeTrainer.byteLevel(2000)
                .withSpecialTokens(List.of())
                .train(List.of(corpus))
                .pipeline()
                .model()
                .vocabulary();
        var ranks = new TiktokenFormat.Ranks();
        for (int value = 0; value < 256; value++) {
            ranks.put(3 + value, new byte[] {(byte) value});
        }
        for (int id = 256; id < learnt.size(); id++) {
            ranks.put(3 + id, Decoder.ByteLevel.bytes(String.valueOf(learnt.token(id))));
        }
        var specials =
                Map.of(0, AddedToken.special("<unk>"), 1, AddedToken.special("<s>"), 2, AddedToken.special("</s>"));
        Tokenizer made = TiktokenFormat.tokenizer("made", ranks, KnownPatterns.TEKKEN, specials);
        Path file = folder.resolve("tekken.json");
        made.save(file, TokenizerFormat.ofName(file));
        Tokenizer read = Tokenizer.load(file);
        same(made, read);
        assertThat(read.encode("<s>a</s>").ids()).startsWith(1).endsWith(2);
        assertThat(Files.readString(file)).contains("\"token_bytes\": \"/w==\"", "\"token_str\": null");
        read.save(folder.resolve("folder"));
        same(made, Tokenizer.load(folder.resolve("folder")));
        Tokenizer gpt2 = Golden.tokenizer("gpt2");
        assertThatThrownBy(() -> gpt2.save(folder.resolve("no"), TokenizerFormat.TEKKEN))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("special tokens have the first ids");
    }

    @ParameterizedTest
    @EnumSource(
            value = Normalizer.Form.class,
            names = {"NFKC", "NFC"})
    void aCharacterMapNormalisesAsTheFormDoes(Normalizer.Form form) {
        CharsMap map = CharsMapBuilder.of(form);
        var normalizer = new SentencePieceNormalizer(map, false, false, false, false, new PieceTrie());
        var texts = new ArrayList<>(List.of("ấ a\u0302\u0301 â\u0301", "\u1112\u1161\u11ab ½ ﬁ Ａ", "\uFB2C \u0958"));
        for (int point = 1; point <= Character.MAX_CODE_POINT; point++) {
            boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            if (!surrogate && Character.getType(point) != Character.UNASSIGNED) {
                texts.add("中" + Character.toString(point) + "中"); // a sign that composes with nothing
                texts.add(Normalizer.normalize(Character.toString(point), Normalizer.Form.NFD));
            }
        }
        for (String text : texts) {
            String expected = Normalizer.normalize(text, form);
            String actual = normalizer.normalize(AlignedText.of(text)).toString();
            if (!actual.equals(expected)) {
                assertThat(actual)
                        .as(text.codePoints().mapToObj("%X"::formatted).toList().toString())
                        .isEqualTo(expected);
            }
        }
    }

    static Stream<String> refusals() {
        return Stream.of("VOCAB_TXT gpt2", "VOCAB_JSON bert-base-cased", "TIKTOKEN t5-small", "SENTENCEPIECE gpt2");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("refusals")
    void whatAFormatCannotHoldIsRefused(String formatAndName) {
        String[] parts = formatAndName.split(" ", -1);
        Tokenizer tokenizer = Golden.tokenizer(parts[1]);
        Path file = folder.resolve("no");
        assertThatThrownBy(() -> tokenizer.save(file, TokenizerFormat.valueOf(parts[0])))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("tokenizer.json");
        assertThat(file).doesNotExist();
    }

    @Test
    void theConfigurationIsKept() throws IOException {
        Path from = Files.createDirectories(folder.resolve("from"));
        Files.write(
                from.resolve("tokenizer.json"),
                Golden.unzipped(Golden.path("golden/tokenizers/gpt2/tokenizer.json.gz")));
        Files.writeString(from.resolve("tokenizer_config.json"), """
                {"bos_token": {"content": "<|endoftext|>"}, "pad_token": "!", "model_max_length": 1000000000000000019884624838656,
                 "made_by": ["someone"]}""");
        Tokenizer tokenizer = Tokenizer.load(from);
        assertThat(tokenizer.specialToken(SpecialToken.BOS)).contains("<|endoftext|>");
        assertThat(tokenizer.specialToken(SpecialToken.PAD)).contains("!");
        assertThat(tokenizer.specialToken(SpecialToken.MASK)).isEmpty();
        Path to = folder.resolve("to");
        tokenizer.save(to);
        JsonValue config = JsonValue.read("config", Files.readAllBytes(to.resolve("tokenizer_config.json")));
        assertThat(config.get("made_by").at(0).string()).isEqualTo("someone");
        assertThat(config.get("pad_token").string()).isEqualTo("!");
        assertThat(config.get("added_tokens_decoder")
                        .get("50256")
                        .get("content")
                        .string())
                .isEqualTo("<|endoftext|>");
        assertThat(Tokenizer.load(to).specialToken(SpecialToken.PAD)).contains("!");
        JsonValue map = JsonValue.read("map", Files.readAllBytes(to.resolve("special_tokens_map.json")));
        assertThat(map.get("eos_token").string()).isEqualTo("<|endoftext|>");
    }

    @Test
    void whatIsNotRecognisedIsSaid() throws IOException {
        Files.writeString(folder.resolve("notes.md"), "x");
        assertThatThrownBy(() -> Tokenizer.load(folder)).hasMessageContaining("[notes.md]");
        assertThatThrownBy(() -> Tokenizer.load(folder.resolve("absent"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> Tokenizer.load(folder.resolve("notes.md"))).hasMessageContaining("begins with \"x\"");
    }

    @Test
    void aFolderMayHoldOneFileOfAnyName() {
        Golden.tokenizer("gpt2").save(folder.resolve("mine.tiktoken"), TokenizerFormat.TIKTOKEN);
        assertThat(Tokenizer.load(folder).vocabularySize()).isEqualTo(50257);
    }
}
