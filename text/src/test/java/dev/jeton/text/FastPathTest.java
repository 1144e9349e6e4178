package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The fast paths give the ids of the pipelines they stand for, and byte-level schemes give every text back. */
class FastPathTest {
    private static final List<String> BYTE_LEVEL =
            List.of("gpt2", "modernbert", "whisper-tiny", "roberta-base", "cl100k", "o200k");
    private static final List<String> OTHERS = List.of(
            "roberta-base",
            "gte-bert-uncased",
            "bert-base-cased",
            "mistral-v03",
            "mistral-v03 LLAMA",
            "t5-small",
            "t5-small ALWAYS",
            "t5-small FIRST",
            "t5-small NEVER",
            "xlnet-base-cased",
            "bpe-bf.model",
            "uni4k.model",
            "uni-bf.model");
    private static final String[] PIECES = {
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        "\u00A0",
        "\u0000",
        "\u007F",
        "\u0085",
        "a",
        "B",
        "hello",
        " World",
        "'s",
        "123",
        "é",
        "İ",
        "中",
        "文",
        "\u2581",
        "\u0301",
        "가",
        "힣",
        "!",
        "’",
        "😀",
        "\uD800",
        "\uDC00",
        "<s>",
        "[PAD]",
        "</s>",
        "<0x41>",
        "豈",
        "\u0E33",
        "ﬁ",
        "²",
        "Å",
        "A\u030A",
        "\u11A8",
        "ㄱ",
        "ㅏ",
        "ｶ",
        "ﾞ",
        "क्षि",
        "🇩🇪",
        "¨",
        "``",
        "'",
        "\u200B",
        "<unk>",
        "<extra_id_0>",
        "\u200D",
        "antidisestablishmentarianism",
        "=================="
    };

    @TestFactory
    List<DynamicTest> theFastPathEqualsThePipeline() {
        var tests = new ArrayList<DynamicTest>();
        for (String name : all()) {
            tests.add(DynamicTest.dynamicTest(name, () -> {
                Tokenizer tokenizer = tokenizer(name);
                FastPath fast = FastPath.of(tokenizer.pipeline());
                assertThat(fast).as("fast path").isNotNull();
                var random = new Random(7);
                int taken = 0;
                for (int i = 0; i < 4000; i++) {
                    String text = text(random, 1 + random.nextInt(12));
                    Scratch scratch = fast.borrow();
                    boolean done = fast.encode(text, EncodeOptions.defaults(), scratch);
                    int[] ids = java.util.Arrays.copyOf(scratch.ids, scratch.size);
                    fast.giveBack(scratch);
                    if (done) {
                        taken++;
                        TokenRow row = tokenizer.pipeline().row(text, 0, true);
                        assertThat(ids)
                                .as("seed 7, text %d: %s", i, text)
                                .isEqualTo(PostProcessor.finish(
                                                tokenizer.pipeline().postProcessor(), row, null, true)
                                        .ids());
                    }
                }
                assertThat(taken).as("texts that need no pipeline").isGreaterThan(2000);
            }));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> theFastPathTracesWhatThePipelineAligns() {
        var tests = new ArrayList<DynamicTest>();
        for (String name : all()) {
            tests.add(DynamicTest.dynamicTest(name, () -> {
                Tokenizer tokenizer = tokenizer(name);
                FastPath fast = Objects.requireNonNull(FastPath.of(tokenizer.pipeline()));
                var random = new Random(17);
                int taken = 0;
                for (int i = 0; i < 4000; i++) {
                    String text =
                            i % 4 == 0 ? anything(random, random.nextInt(30)) : text(random, 1 + random.nextInt(12));
                    boolean specials = random.nextBoolean();
                    TokenRow row = fast.row(text, i & 1, specials);
                    if (row != null) {
                        taken++;
                        assertThat(described(row))
                                .as("seed 17, text %d: %s", i, text)
                                .isEqualTo(described(tokenizer.pipeline().row(text, i & 1, specials)));
                    }
                }
                assertThat(taken).as("texts that need no pipeline").isGreaterThan(1500);
            }));
        }
        return tests;
    }

    private static List<Object> described(TokenRow row) {
        return List.of(
                Golden.boxed(row.ids()),
                List.of(row.tokens()),
                Golden.boxed(row.starts()),
                Golden.boxed(row.ends()),
                Golden.boxed(row.words()),
                Golden.boxed(row.typeIds()),
                Golden.boxed(row.sequences()));
    }

    @TestFactory
    List<DynamicTest> byteLevelSchemesGiveEveryTextBack() {
        var tests = new ArrayList<DynamicTest>();
        for (String name : BYTE_LEVEL) {
            tests.add(DynamicTest.dynamicTest(name, () -> {
                Tokenizer tokenizer = tokenizer(name);
                var random = new Random(11);
                for (int i = 0; i < 2000; i++) {
                    // NFC changes what is not composed; the other schemes change nothing
                    String drawn = anything(random, 1 + random.nextInt(60));
                    String text = name.equals("modernbert") ? drawn.replaceAll("[^\\x00-\\x7F]", "é") : drawn;
                    int[] ids = tokenizer
                            .encode(text, EncodeOptions.defaults().withSpecialTokens(false))
                            .ids();
                    assertThat(tokenizer.decode(ids, false))
                            .as("seed 11, text %d", i)
                            .isEqualTo(text);
                }
            }));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> anyIdsAreDecodedAsByTheDecoder() {
        var tests = new ArrayList<DynamicTest>();
        for (String name : all()) {
            tests.add(DynamicTest.dynamicTest(name, () -> {
                Tokenizer tokenizer = tokenizer(name);
                var random = new Random(19);
                for (int i = 0; i < 2000; i++) {
                    // the lowest ids are those of bytes and of special tokens
                    int bound = i % 2 == 0 ? 300 : tokenizer.vocabularySize() + 2;
                    int[] ids = random.ints(random.nextInt(12), -1, bound).toArray();
                    boolean skip = random.nextBoolean();
                    assertThat(tokenizer.decode(ids, skip))
                            .as("seed 19, ids %d", i)
                            .isEqualTo(tokenizer.decodeBySteps(ids, skip));
                }
            }));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> aBatchIsEncodedAsItsTextsAre() {
        var tests = new ArrayList<DynamicTest>();
        for (String name : all()) {
            tests.add(DynamicTest.dynamicTest(name, () -> {
                Tokenizer tokenizer = tokenizer(name);
                var random = new Random(13);
                var texts = new ArrayList<String>();
                for (int i = 0; i < 200; i++) {
                    texts.add(text(random, random.nextInt(40)));
                }
                List<Encoding> batch = tokenizer.encodeBatch(texts, EncodeOptions.defaults());
                for (int i = 0; i < texts.size(); i++) {
                    int[] alone = tokenizer
                            .encode(texts.get(i), EncodeOptions.defaults())
                            .ids();
                    assertThat(batch.get(i).ids()).as("seed 13, text %d", i).isEqualTo(alone);
                    assertThat(tokenizer.count(texts.get(i))).isEqualTo(alone.length);
                }
            }));
        }
        return tests;
    }

    private static List<String> all() {
        var all = new ArrayList<>(BYTE_LEVEL);
        all.addAll(OTHERS);
        return all;
    }

    private static Tokenizer tokenizer(String name) {
        if (name.startsWith("cl100k") || name.startsWith("o200k")) {
            String file = "golden/tokenizers/tiktoken/" + name + "_base.tiktoken.gz";
            return TiktokenFormat.read(name, Golden.unzipped(Golden.path(file)));
        }
        int variant = name.indexOf(' ');
        if (variant > 0) {
            Pipeline pipeline = Golden.tokenizer(name.substring(0, variant)).pipeline();
            String kind = name.substring(variant + 1);
            return kind.equals("LLAMA") ? llama(pipeline) : unigram(pipeline, PreTokenizer.PrependScheme.valueOf(kind));
        }
        return name.endsWith(".model") ? Tokenizer.load(Golden.path("golden/spm/" + name)) : Golden.tokenizer(name);
    }

    /** ALBERT's normaliser, and XLM-R's way to cut words as newer files have it. */
    private static Tokenizer unigram(Pipeline pipeline, PreTokenizer.PrependScheme scheme) {
        var normalizer = new Normalizer.Sequence(List.of(
                new Normalizer.Replace(SplitPattern.literal("``"), "\""),
                new Normalizer.Replace(SplitPattern.literal("''"), "\""),
                new Normalizer.Unicode(java.text.Normalizer.Form.NFKD),
                new Normalizer.StripAccents(),
                new Normalizer.Lowercase(),
                Objects.requireNonNull(pipeline.normalizer())));
        var words = new PreTokenizer.Metaspace("\u2581", scheme, true);
        var added = new AddedTokens(Map.of(1, new AddedToken("</s>", true, false, true, false, true)), normalizer);
        return changed(pipeline, added, normalizer, words);
    }

    /** LLaMA 2's first files: spaces made visible by the normaliser, and special tokens looked for behind it. */
    private static Tokenizer llama(Pipeline pipeline) {
        var normalizer = new Normalizer.Sequence(
                List.of(new Normalizer.Prepend("\u2581"), new Normalizer.Replace(SplitPattern.literal(" "), "\u2581")));
        var added = new AddedTokens(Map.of(1, new AddedToken("<s>", true, false, false, false, true)), normalizer);
        return changed(pipeline, added, normalizer, null);
    }

    private static Tokenizer changed(
            Pipeline pipeline, AddedTokens added, Normalizer normalizer, @Nullable PreTokenizer words) {
        var changed =
                new Pipeline(added, normalizer, words, pipeline.model(), pipeline.postProcessor(), pipeline.decoder());
        return new Tokenizer(changed, EncodeOptions.defaults());
    }

    private static String text(Random random, int parts) {
        var text = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            if (random.nextInt(10) == 0) {
                text.appendCodePoint(random.nextInt(0x3100));
            } else {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }

    /** Any UTF-16 units, halves of characters among them, and any code points. */
    private static String anything(Random random, int size) {
        var text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(1 << 16));
                case 1 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                case 2 -> text.append((char) random.nextInt(128));
                default -> text.append(PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }
}
