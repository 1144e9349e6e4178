package dev.jeton.cli.tokenizer;

import dev.jeton.cli.UsageException;
import dev.jeton.cli.output.JsonText;
import dev.jeton.text.BpeTrainer;
import dev.jeton.text.Tokenizer;
import dev.jeton.text.UnigramTrainer;
import dev.jeton.text.WordLevelTrainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jeton tokenizer train}. */
@Command(
        name = "train",
        description = "Learn a tokenizer from text. The same text gives the same tokenizer, on any number of cores.",
        footer = {
            "",
            "Special tokens, unless given: bpe and unigram <unk> <s> </s>, word [UNK],",
            "wordpiece BERT's five, byte-bpe none.",
            "",
            "Examples:",
            "  jeton tokenizer train corpus/ --special '<|endoftext|>' --out my-bpe",
            "  jeton tokenizer train news.txt --scheme unigram --lines --out uni"
        })
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Text files and folders of them; - for standard input.")
    private List<Path> files = List.of();

    @Option(
            names = "--scheme",
            paramLabel = "SCHEME",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Scheme scheme = Scheme.BYTE_BPE;

    @Option(names = "--size", paramLabel = "N", description = "How many tokens (default: ${DEFAULT-VALUE}).")
    private int size = 32_000;

    @Option(
            names = "--min-frequency",
            paramLabel = "N",
            description = "What occurs more rarely does not become a token (default: ${DEFAULT-VALUE}).")
    private int minFrequency = 2;

    @Option(names = "--special", paramLabel = "TOKEN", description = "A special token; may be given again.")
    private @Nullable List<String> specials;

    @Option(names = "--lines", description = "Each line is a text, without its break; else each file is one.")
    private boolean lines;

    @Option(
            names = "--byte-fallback",
            description = "For bpe and unigram: characters that are no token become bytes, so that nothing is unknown.")
    private boolean byteFallback;

    @Option(
            names = "--alphabet",
            paramLabel = "N",
            description = "For bpe and wordpiece: the most frequent characters only; the rest is unknown.")
    private @Nullable Integer alphabet;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to write.")
    private Path out = Path.of("");

    @Mixin
    private Target target = new Target();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** What is learnt. */
    enum Scheme {
        BYTE_BPE,
        BPE,
        WORDPIECE,
        UNIGRAM,
        WORD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public Integer call() throws IOException {
        if (byteFallback && scheme != Scheme.BPE && scheme != Scheme.UNIGRAM) {
            throw new UsageException("train: --byte-fallback is for bpe and unigram, not for " + scheme);
        }
        if (alphabet != null && scheme != Scheme.BPE && scheme != Scheme.WORDPIECE) {
            throw new UsageException("train: --alphabet is for bpe and wordpiece, not for " + scheme);
        }
        target.check(out, true);
        Path spooled = files.contains(Path.of("-")) ? spool() : null;
        try {
            var corpus = new ArrayList<Path>();
            for (Path file : files) {
                corpus.add(spooled != null && file.toString().equals("-") ? spooled : file);
            }
            long start = System.nanoTime();
            var line = new TrainingLine(spec.commandLine().getErr(), TrainingLine.isTerminal(), System::nanoTime);
            Tokenizer tokenizer;
            try {
                tokenizer = train(corpus, line);
            } finally {
                line.end();
            }
            tokenizer.save(out);
            report(tokenizer, (System.nanoTime() - start) / 1e9);
        } finally {
            if (spooled != null) {
                Files.deleteIfExists(spooled);
            }
        }
        return 0;
    }

    /** Training reads its text more than once and in parts, which standard input cannot give. */
    private static Path spool() throws IOException {
        Path file = Files.createTempFile("jeton-", ".txt");
        Files.copy(System.in, file, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    private Tokenizer train(List<Path> corpus, TrainingLine line) {
        return switch (scheme) {
            case BYTE_BPE -> bpe(BpeTrainer.byteLevel(size).withSpecialTokens(List.of()), corpus, line);
            case BPE -> bpe(BpeTrainer.characters(size).withByteFallback(byteFallback), corpus, line);
            case WORDPIECE -> bpe(BpeTrainer.wordPiece(size), corpus, line);
            case UNIGRAM -> {
                UnigramTrainer trainer = UnigramTrainer.of(size)
                        .withByteFallback(byteFallback)
                        .withMinFrequency(minFrequency)
                        .withLines(lines);
                yield (specials == null ? trainer : trainer.withSpecialTokens(specials)).train(corpus, line);
            }
            case WORD -> {
                WordLevelTrainer trainer =
                        WordLevelTrainer.of(size).withMinFrequency(minFrequency).withLines(lines);
                yield (specials == null ? trainer : trainer.withSpecialTokens(specials)).train(corpus, line);
            }
        };
    }

    private Tokenizer bpe(BpeTrainer usual, List<Path> corpus, TrainingLine line) {
        BpeTrainer trainer = usual.withMinFrequency(minFrequency)
                .withLines(lines)
                .withAlphabetLimit(alphabet == null ? usual.alphabetLimit() : alphabet);
        return (specials == null ? trainer : trainer.withSpecialTokens(specials)).train(corpus, line);
    }

    private void report(Tokenizer tokenizer, double seconds) {
        PrintWriter print = spec.commandLine().getOut();
        if (json) {
            print.print(new JsonText()
                    .name("path")
                    .value(out.toString())
                    .name("scheme")
                    .value(scheme.toString())
                    .name("size")
                    .value(tokenizer.vocabularySize())
                    .name("seconds")
                    .value(seconds)
                    .end());
            print.flush();
        } else {
            print.printf(Locale.ROOT, "%s: %,d tokens, %.1f s%n", out, tokenizer.vocabularySize(), seconds);
            if (tokenizer.vocabularySize() < size) {
                print.printf(
                        Locale.ROOT,
                        "that is fewer than %,d: the text has no more that occurs %d times%n",
                        size,
                        Math.max(1, minFrequency));
            }
        }
    }
}
