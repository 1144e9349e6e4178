package dev.jeton.vectors;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A corpus after its one reading: the vocabulary, and the text as ids of that vocabulary in a temporary file.
 *
 * <p>Each thread cuts pieces into words with a table of its own and writes ids of that table. Once the tables are merged and the rare
 * words dropped, the ids are translated in place.
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
            Cutting cutting = new Cutting(chunks, corpus.splitter(), spool, limit / threads);
            Workers.run(threads, _ -> cutting.cut());
            Vocabulary vocabulary = merged(cutting.tables(), minCount, known);
            cutting.translate(vocabulary, threads);
            return new EncodedCorpus(vocabulary, spool);
        } catch (IOException | RuntimeException | Error e) {
            spool.close();
            throw e;
        }
    }

    private static Vocabulary merged(List<WordTable> tables, int minCount, List<String> known) {
        WordTable all = new WordTable();
        for (WordTable table : tables) {
            for (int i = 0; i < table.size(); i++) {
                byte[] clean = cleaned(table, i);
                all.add(clean, 0, clean.length, table.count(i));
            }
        }
        WordTable sorted = new WordTable();
        for (String word : known) {
            int entry = all.indexOf(word);
            sorted.add(word, entry < 0 ? 0 : all.count(entry));
        }
        IntStream.range(0, all.size())
                .filter(i -> all.count(i) >= minCount)
                .boxed()
                .sorted((a, b) -> {
                    int byCount = Long.compare(all.count(b), all.count(a));
                    return byCount != 0
                            ? byCount
                            : Arrays.compareUnsigned(
                                    all.bytes(), all.start(a), all.end(a), all.bytes(), all.start(b), all.end(b));
                })
                .forEach(i -> {
                    if (known.isEmpty() || sorted.indexOf(all.word(i)) < 0) {
                        sorted.add(all.bytes(), all.start(i), all.end(i), all.count(i));
                    }
                });
        return new Vocabulary(sorted);
    }

    /** The word's bytes; what in them is no UTF-8 becomes U+FFFD, so that every file written later can be read. */
    private static byte[] cleaned(WordTable table, int entry) {
        byte[] raw = Arrays.copyOfRange(table.bytes(), table.start(entry), table.end(entry));
        for (byte b : raw) {
            if (b < 0) {
                return new String(raw, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            }
        }
        return raw;
    }

    /** The reading itself, shared by its threads. */
    private static final class Cutting {
        private final Chunks chunks;
        private final Splitter splitter;
        private final Spool spool;
        private final int limit;
        private final List<WordTable> tables = new ArrayList<>();

        /** By piece: the table whose ids it holds. */
        private final List<Integer> tableOfPiece = new ArrayList<>();

        Cutting(Chunks chunks, Splitter splitter, Spool spool, int limit) {
            this.chunks = chunks;
            this.splitter = splitter;
            this.spool = spool;
            this.limit = limit;
        }

        List<WordTable> tables() {
            return tables;
        }

        void cut() throws IOException {
            WordTable table = new WordTable();
            int number;
            synchronized (this) {
                number = tables.size();
                tables.add(table);
            }
            byte[] text = new byte[Chunks.SIZE];
            int[] ids = new int[Chunks.SIZE + 1];
            ByteBuffer buffer = Spool.buffer();
            long floor = 2;
            while (true) {
                int piece;
                int length;
                synchronized (this) {
                    length = chunks.next(text);
                    if (length == 0) {
                        return;
                    }
                    piece = tableOfPiece.size();
                    tableOfPiece.add(number);
                }
                int count = splitter.split(text, length, table, ids);
                spool.write(piece, ids, count, buffer);
                while (table.size() > limit) {
                    table.prune(floor++);
                }
            }
        }

        void translate(Vocabulary vocabulary, int threads) throws IOException {
            List<int[]> maps =
                    tables.stream().map(table -> mapOf(table, vocabulary)).toList();
            Workers.run(threads, worker -> {
                int[] ids = new int[Chunks.SIZE + 1];
                ByteBuffer buffer = Spool.buffer();
                for (int piece = worker; piece < spool.pieces(); piece += threads) {
                    int count = spool.read(piece, ids, buffer);
                    spool.rewrite(piece, ids, translated(ids, count, maps.get(tableOfPiece.get(piece))), buffer);
                }
            });
        }

        /** From a table's ids to the vocabulary's; -2 for a word that is in it no more. */
        private static int[] mapOf(WordTable table, Vocabulary vocabulary) {
            int[] map = new int[table.idLimit()];
            Arrays.fill(map, -2);
            for (int i = 0; i < table.size(); i++) {
                byte[] clean = cleaned(table, i);
                map[table.idOfEntry(i)] = vocabulary.indexOf(new String(clean, StandardCharsets.UTF_8));
            }
            return map;
        }

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
    }
}
