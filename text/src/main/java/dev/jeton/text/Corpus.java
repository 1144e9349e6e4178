package dev.jeton.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Text to train on, read in blocks and counted on all cores.
 *
 * <p>Blocks end where a line ends and the next begins with an ASCII letter: no known pattern makes a word across such a place.
 */
final class Corpus {
    private static final int BLOCK = 1 << 21;

    private final List<Path> files;
    private final boolean lines;

    /** {@code lines}: each line is a text, without its break; else each file is one. */
    Corpus(List<Path> roots, boolean lines) {
        this.lines = lines;
        files = new ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> tree = Files.walk(root)) {
                tree.filter(Files::isRegularFile).sorted().forEach(files::add);
            } catch (IOException e) {
                throw new TokenizerException(root + ": cannot be read: " + e, e);
            }
        }
        if (files.isEmpty()) {
            throw new TokenizerException("training: there must be a file to train on in " + roots);
        }
    }

    /** A part of a text: bytes from 0 to {@code to}; those from there to {@code end} belong to the next part and are only seen. */
    static final class Block {
        private final byte[] bytes;
        private final int to;
        private final int end;

        Block(byte[] bytes, int to, int end) {
            this.bytes = bytes;
            this.to = to;
            this.end = end;
        }

        byte[] bytes() {
            return bytes;
        }

        int to() {
            return to;
        }

        int end() {
            return end;
        }
    }

    /** Counts words; {@code counter} adds those of a block to a table of its thread's. */
    WordCounts count(BiConsumer<Block, WordCounts> counter) {
        int threads = Runtime.getRuntime().availableProcessors();
        var tables = new ArrayList<WordCounts>();
        var free = new java.util.concurrent.ConcurrentLinkedQueue<WordCounts>();
        var slots = new java.util.concurrent.Semaphore(threads + 1);
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var running = new ArrayList<Future<?>>();
            for (Path file : files) {
                read(file, block -> {
                    slots.acquireUninterruptibly();
                    running.removeIf(task -> task.state() == Future.State.SUCCESS);
                    running.add(pool.submit(() -> {
                        WordCounts table = free.poll();
                        if (table == null) {
                            table = new WordCounts();
                            synchronized (tables) {
                                tables.add(table);
                            }
                        }
                        try {
                            counter.accept(block, table);
                        } finally {
                            free.add(table);
                            slots.release();
                        }
                    }));
                });
            }
            for (Future<?> task : running) {
                task.get();
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
        if (tables.isEmpty()) {
            return new WordCounts();
        }
        WordCounts result = tables.getFirst();
        tables.subList(1, tables.size()).forEach(result::addAll);
        return result;
    }

    private void read(Path file, java.util.function.Consumer<Block> take) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] rest = new byte[0];
            int size = BLOCK;
            while (true) {
                byte[] bytes = Arrays.copyOf(rest, rest.length + size + Scratch.PADDING);
                int end = rest.length + in.readNBytes(bytes, rest.length, size);
                boolean last = end < rest.length + size;
                int to = last ? end : cut(bytes, rest.length, end);
                if (to > 0) {
                    take.accept(new Block(bytes, to, lines || to == end ? to : to + 1));
                }
                if (last) {
                    return;
                }
                rest = Arrays.copyOfRange(bytes, to, end);
                size = to == 0 ? size * 2 : BLOCK;
            }
        } catch (IOException e) {
            throw new TokenizerException(file + ": cannot be read: " + e, e);
        }
    }

    /** Where the block may end; 0 if it must grow. */
    private int cut(byte[] bytes, int from, int end) {
        for (int i = end - 1; i > from; i--) {
            if (bytes[i - 1] == '\n' && (lines || (Character.isLetter(bytes[i] & 0x7F) && bytes[i] > 0))) {
                return i;
            }
        }
        return 0;
    }
}
