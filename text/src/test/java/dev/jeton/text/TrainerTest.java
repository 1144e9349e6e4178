package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The trainers of words and of unigram pieces, and what BPE on characters can fall back to. */
class TrainerTest {
    private static final EncodeOptions BARE = EncodeOptions.defaults().withSpecialTokens(false);

    @TempDir
    private Path folder;

    private Path corpus(String name) throws IOException {
        return Files.write(
                folder.resolve(name), Golden.unzipped(Golden.path("golden/tokenizers/trained/" + name + ".txt.gz")));
    }

    private Path text(String text) throws IOException {
        return Files.writeString(folder.resolve("text.txt"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"english", "mixed"})
    void wordLevelEqualsTheReference(String corpus) throws IOException {
        WordLevelTrainer.of(5000)
                .withMinFrequency(1)
                .withLines(true)
                .train(List.of(corpus(corpus)))
                .save(folder);
        String expected = new String(
                Golden.unzipped(
                        Golden.path("golden/tokenizers/trained/" + corpus + "-wordlevel-5000.tokenizer.json.gz")),
                StandardCharsets.UTF_8);
        assertThat(Files.readString(folder.resolve("tokenizer.json")).equals(expected))
                .as("the file is the reference's")
                .isTrue();
    }

    /** The reference's own pieces differ from run to run; stats.json has how many tokens the training lines become. */
    @Test
    void unigramNeedsNoMoreTokensThanTheReference() throws IOException {
        Path file = corpus("english");
        Tokenizer trained = UnigramTrainer.of(2000).withLines(true).train(List.of(file));
        assertThat(trained.vocabularySize()).isEqualTo(2000);
        long tokens = 0;
        for (String line : Files.readAllLines(file)) {
            tokens += trained.encode(line, BARE).size();
        }
        assertThat(tokens).isBetween(507_920L / 2, 507_920L);
    }

    @Test
    void unigramScoresAreProbabilitiesThatSurviveTheFile() throws IOException {
        Path file = corpus("mixed");
        Tokenizer trained = UnigramTrainer.of(2500).withLines(true).train(List.of(file));
        trained.save(folder.resolve("saved"));
        var model = (UnigramModel) trained.pipeline().model();
        var read = (UnigramModel)
                Tokenizer.load(folder.resolve("saved")).pipeline().model();
        double sum = 0;
        for (int id = 3; id < trained.vocabularySize(); id++) {
            assertThat(read.score(id)).isEqualTo(model.score(id));
            assertThat(read.vocabulary().token(id)).isEqualTo(model.vocabulary().token(id));
            sum += Math.exp(model.score(id));
        }
        // the last choice drops pieces without sharing out their probability, and rare characters keep a little
        assertThat(sum).isBetween(0.9, 1.01);
    }

    @Test
    void unigramDoesNotHangOnTheOrderOfWords() throws IOException {
        String words = "the cat sat on the mat and the dog sat on the log\n";
        Path one = text(words.repeat(40) + "a dog and a cat\n".repeat(20));
        Tokenizer first = UnigramTrainer.of(40).withLines(true).train(List.of(one));
        Path other = text("a dog and a cat\n".repeat(20) + words.repeat(40));
        Tokenizer second = UnigramTrainer.of(40).withLines(true).train(List.of(other));
        for (int id = 0; id < 40; id++) {
            assertThat(second.token(id)).isEqualTo(first.token(id));
        }
        assertThat(first.encode("the dog", BARE).tokens()).containsExactly("▁the", "▁dog");
    }

    @Test
    void unigramLearnsWhatFourWordsAreMadeOf() throws IOException {
        // by hand: each word is most probable as stem and ending, since those occur in two words each
        Path file = text("talking walking talked walked\n".repeat(30));
        Tokenizer trained = UnigramTrainer.of(18).withLines(true).train(List.of(file));
        assertThat(trained.encode("talking walked", BARE).tokens()).hasSizeLessThanOrEqualTo(6);
        assertThat(trained.decode(trained.encode("talking walked", BARE).ids())).isEqualTo("talking walked");
    }

    @Test
    void digammaIsRight() {
        assertThat(UnigramLearner.digamma(1)).isCloseTo(-0.5772156649015329, within(1e-9));
        assertThat(UnigramLearner.digamma(0.5)).isCloseTo(-1.9635100260214235, within(1e-9));
        assertThat(UnigramLearner.digamma(100)).isCloseTo(4.600161852738087, within(1e-9));
    }

    @Test
    void expectedCountsSumOverAllCuts() throws IOException {
        // seeds a, b, ab: of "ab" alone with equal weight of both cuts
        Path file = text("ab\n".repeat(10));
        var words = new Corpus(List.of(file), true, _ -> {})
                .words(Cuts.WHITE_SPACE, null, new PreTokenizer.WhitespaceSplit());
        var text = UnigramText.of(words, 1);
        var lattice = new UnigramLattice(text, UnigramSeeds.of(text, 1));
        assertThat(lattice.pieces()).isEqualTo(3);
        boolean[] all = {true, true, true};
        double[] scores = new double[3];
        for (int piece = 0; piece < 3; piece++) {
            scores[piece] = lattice.length(piece) == 2 ? Math.log(0.5) : Math.log(0.25);
        }
        lattice.keep(all, scores);
        double[] expected = lattice.expectedCounts();
        double whole = 0.5 / (0.5 + 0.25 * 0.25);
        for (int piece = 0; piece < 3; piece++) {
            assertThat(expected[piece]).isCloseTo(10 * (lattice.length(piece) == 2 ? whole : 1 - whole), within(1e-4));
        }
    }

    @ParameterizedTest
    @CsvSource({"BPE", "UNIGRAM"})
    void bytesStandForWhatIsNotLearnt(String scheme) throws IOException {
        Path file = text("the cat and the dog and the mat\n".repeat(20));
        Tokenizer trained = scheme.equals("BPE")
                ? BpeTrainer.characters(300)
                        .withByteFallback(true)
                        .withLines(true)
                        .train(List.of(file))
                : UnigramTrainer.of(300).withByteFallback(true).withLines(true).train(List.of(file));
        Encoding encoding = trained.encode("the 猫", BARE);
        assertThat(encoding.tokens()).endsWith("<0xE7>", "<0x8C>", "<0xAB>").startsWith("▁the");
        assertThat(trained.decode(encoding.ids())).isEqualTo("the 猫");
        assertThat(trained.token(3)).contains("<0x00>");
    }

    @Test
    void theAlphabetCanBeLimited() throws IOException {
        Path file = text("aaa bbb ccc ddd aaa bbb ccc aaa bbb aaa\n".repeat(5));
        Tokenizer trained =
                BpeTrainer.characters(50).withAlphabetLimit(3).withLines(true).train(List.of(file));
        assertThat(trained.id("a")).isPresent();
        assertThat(trained.id("c"))
                .as("a and b and the space are more frequent")
                .isEmpty();
        assertThat(trained.encode("c", BARE).tokens()).contains("<unk>");
    }

    @Test
    void mistakesAreToldBeforeAnythingIsRead() {
        assertThatThrownBy(() -> WordLevelTrainer.of(10).withSpecialTokens(List.of("<unk>")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[UNK]");
        assertThatThrownBy(() -> UnigramTrainer.of(0)).hasMessageContaining("vocabulary size");
        assertThatThrownBy(() -> UnigramTrainer.of(10).withCharacterCoverage(0)).hasMessageContaining("coverage");
        assertThatThrownBy(() -> BpeTrainer.byteLevel(300).withByteFallback(true))
                .hasMessageContaining("bytes");
    }

    @Test
    void aVocabularyMustHoldItsAlphabet() throws IOException {
        Path file = text("abcdefghijklmnopqrstuvwxyz\n".repeat(3));
        assertThatThrownBy(() -> UnigramTrainer.of(20).withLines(true).train(List.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("27 characters");
    }
}
