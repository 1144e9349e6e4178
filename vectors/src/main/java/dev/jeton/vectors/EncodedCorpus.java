package dev.jeton.vectors;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A corpus after its one reading: the vocabulary, and the text as ids of that vocabulary in a temporary file.
 *
 * <p>Each thread cuts a piece into words with a small table of its own, adds that to the one table of all, and writes ids of the latter. Once
 * the rare words are dropped, the ids are translated in place.
 */
final class EncodedCorpus implements Closeable {
    private final Vocabulary vocabulary;
    private final Spool spool;

    private EncodedCorpus(Vocabulary vocabulary, Spool spool) {
        this.vocabulary = vocabulary;
        this.spool = spool;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    Spool spool() {
        return spool;
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }

    /**
     * Reads a corpus.
     *
     * @param known words to keep whatever their count, which come first; empty for a fresh vocabulary
     */
    static EncodedCorpus read(Corpus corpus, int minCount, int limit, int threads, List<String> known)
            throws IOException {
        Spool spool = Spool.create();
        try (Chunks chunks = corpus.open()) {
            Cutting cutting = new Cutting(chunks, corpus.splitter(), spool, limit);
            Workers.run(threads, _ -> cutting.cut());
            int[] map = new int[cutting.words.idLimit()];
            Vocabulary vocabulary = vocabulary(cutting.words, minCount, known, map);
            translate(spool, map, threads);
            return new EncodedCorpus(vocabulary, spool);
        } catch (IOException | RuntimeException | Error e) {
            spool.close();
            throw e;
        }
    }

    /** The known words and then the frequent ones. Writes their indices, by id, to {@code map}, and -2 for a word that is not among them. */
    private static Vocabulary vocabulary(WordTable all, int minCount, List<String> known, int[] map) {
        Arrays.fill(map, -2);
        WordTable sorted = new WordTable();
        for (String word : known) {
            int entry = all.indexOf(word);
            int index = sorted.add(word, entry < 0 ? 0 : all.count(entry));
            if (entry >= 0) {
                map[all.idOfEntry(entry)] = index;
            }
        }
        IntStream.range(0, all.size())
                .filter(i -> all.count(i) >= minCount && map[all.idOfEntry(i)] < 0)
                .boxed()
                .sorted((a, b) -> {
                    int byCount = Long.compare(all.count(b), all.count(a));
                    return byCount != 0
                            ? byCount
                            : Arrays.compareUnsigned(
                                    all.bytes(), all.start(a), all.end(a), all.bytes(), all.start(b), all.end(b));
                })
                .forEach(i -> map[all.idOfEntry(i)] = sorted.add(all.bytes(), all.start(i), all.end(i), all.count(i)));
        return new Vocabulary(sorted);
    }

    private static void translate(Spool spool, int[] map, int threads) throws IOException {
        Workers.run(threads, worker -> {
            int[] ids = new int[Chunks.SIZE + 1];
            ByteBuffer buffer = Spool.buffer();
            for (int piece = worker; piece < spool.pieces(); piece += threads) {
                int count = spool.read(piece, ids, buffer);
                spool.rewrite(piece, ids, translated(ids, count, map), buffer);
            }
        });
    }

    /** Replaces ids by what a map has for them; where that is less than 0 the word is left out. Returns how many remain. */
    private static int translated(int[] ids, int count, int[] map) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (ids[i] == Splitter.SENTENCE_END) {
                ids[kept++] = Splitter.SENTENCE_END;
            } else if (map[ids[i]] >= 0) {
                ids[kept++] = map[ids[i]];
            }
        }
        return kept;
    }

    /** The reading itself, shared by its threads. */
    private static final class Cutting {
        private final Chunks chunks;
        private final Splitter splitter;
        private final Spool spool;
        private final int limit;

        /** The words of all pieces so far. */
        private final WordTable words = new WordTable();

        private int pieces;
        private long floor = 2;

        Cutting(Chunks chunks, Splitter splitter, Spool spool, int limit) {
            this.chunks = chunks;
            this.splitter = splitter;
            this.spool = spool;
            this.limit = limit;
        }

        void cut() throws IOException {
            byte[] text = new byte[Chunks.SIZE];
            int[] ids = new int[Chunks.SIZE + 1];
            int[] map = new int[0];
            WordTable own = new WordTable();
            ByteBuffer buffer = Spool.buffer();
            while (true) {
                int piece;
                int length;
                synchronized (chunks) {
                    length = chunks.next(text);
                    if (length == 0) {
                        return;
                    }
                    piece = pieces++;
                }
                int count = splitter.split(text, length, own, ids);
                if (map.length < own.size()) {
                    map = new int[own.size() * 3 / 2];
                }
                share(own, map);
                spool.write(piece, ids, translated(ids, count, map), buffer);
                own.clear();
            }
        }

        /** Adds a piece's words to those of all. Writes the latter's ids, by the piece's, to {@code map}. */
        private void share(WordTable own, int[] map) {
            synchronized (words) {
                for (int i = 0; i < own.size(); i++) {
                    map[i] = add(own, i);
                }
                while (words.size() > limit) {
                    words.prune(floor++);
                }
            }
        }

        /** Of a word's bytes, what is no UTF-8 becomes U+FFFD, so that every file written later can be read. */
        private int add(WordTable own, int entry) {
            byte[] bytes = own.bytes();
            int from = own.start(entry);
            int to = own.end(entry);
            for (int i = from; i < to; i++) {
                if (bytes[i] < 0) {
                    return words.add(new String(bytes, from, to - from, StandardCharsets.UTF_8), own.count(entry));
                }
            }
            return words.add(bytes, from, to, own.count(entry));
        }
    }
}
