package dev.jeton.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Text to train on: the words of files, counted on all cores. */
final class Corpus {
    /** How many parts a thread takes at a time. */
    private static final int STEP = 1 << 10;

    private static final int BLOCK_SIZE = 1 << 21;

    private final List<Path> files;
    private final boolean lines;
    private final int threads;
    private final int blockSize;
    private final Consumer<TrainingProgress> listener;

    /**
     * @param roots files, and folders whose files are taken in the order of their names
     * @param lines whether each line is a text, without its break; else each file is one
     */
    Corpus(List<Path> roots, boolean lines, Consumer<TrainingProgress> listener) {
        this(roots, lines, Runtime.getRuntime().availableProcessors(), BLOCK_SIZE, listener);
    }

    Corpus(List<Path> roots, boolean lines, int threads, int blockSize, Consumer<TrainingProgress> listener) {
        this.lines = lines;
        this.threads = threads;
        this.blockSize = blockSize;
        this.listener = listener;
        files = new ArrayList<>();
        for (Path root : roots) {
            addFiles(root);
        }
        if (files.isEmpty()) {
            throw new TokenizerException("training: there must be a file to train on in " + roots);
        }
    }

    private void addFiles(Path root) {
        if (!Files.exists(root)) {
            throw new TokenizerException(root + ": no such file or folder");
        }
        if (!Files.isDirectory(root)) {
            files.add(root); // a pipe too
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            tree.filter(Files::isRegularFile).sorted().forEach(files::add);
        } catch (IOException | UncheckedIOException e) {
            throw new TokenizerException(root + ": cannot be read: " + e, e);
        }
    }

    /** The words that a scanner finds. */
    WordList words(Supplier<? extends WordScanner> scanners) {
        return counted(Cuts.WHITE_SPACE, scanners).words();
    }

    /**
     * The words that a pipeline makes. Since it sees no difference between a text and what lies between two cuts, each
     * different part goes through it once.
     */
    WordList words(Cuts cuts, @Nullable Normalizer normalizer, PreTokenizer preTokenizer) {
        WordList parts = counted(cuts, () -> new CutScanner(cuts)).words();
        var taken = new AtomicInteger();
        return onAllCores(counts -> {
                    for (int from = taken.getAndAdd(STEP); from < parts.size(); from = taken.getAndAdd(STEP)) {
                        for (int part = from; part < Math.min(parts.size(), from + STEP); part++) {
                            split(parts, part, normalizer, preTokenizer, counts);
                        }
                    }
                })
                .words();
    }

    private static void split(
            WordList parts, int part, @Nullable Normalizer normalizer, PreTokenizer preTokenizer, WordCounts counts) {
        AlignedText text = AlignedText.of(parts.string(part));
        AlignedText normal = normalizer == null ? text : normalizer.normalize(text);
        if (normal.isEmpty()) {
            return;
        }
        for (AlignedText word : preTokenizer.split(normal)) {
            if (!word.isEmpty()) {
                byte[] bytes = Utf8.encode(word.toString());
                counts.add(bytes, 0, bytes.length, parts.count(part));
            }
        }
    }

    private WordCounts counted(Cuts cuts, Supplier<? extends WordScanner> scanners) {
        try (var reader = new BlockReader(files, cuts, lines, blockSize, listener)) {
            return onAllCores(counts -> {
                var block = new BlockReader.Block();
                var counting = new Counting(scanners.get(), lines, counts);
                boolean finished = false;
                try {
                    while (reader.read(block)) {
                        counting.add(block.bytes(), block.size());
                    }
                    finished = true;
                } finally {
                    if (!finished) {
                        reader.stop(); // the others need not read on
                    }
                }
            });
        }
    }

    /** Runs a task on each core with a table of its own; returns what they have counted together. */
    private WordCounts onAllCores(Consumer<WordCounts> task) {
        var tables = new ArrayList<WordCounts>();
        var running = new ArrayList<Future<?>>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                var table = new WordCounts();
                tables.add(table);
                running.add(pool.submit(() -> task.accept(table)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TokenizerException known) {
                throw known;
            }
            throw new IllegalStateException("training: counting failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training: interrupted", e);
        }
        WordCounts result = tables.removeLast();
        tables.forEach(result::addAll);
        return result;
    }
}
