package dev.jeton.vectors;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins words that stand together more often than chance would have it, "new york" to "new_york" (Mikolov et al. 2013, arXiv
 * 1310.4546, §4): a pair's score is (count - minCount) * words / (count of the first * count of the second).
 */
public final class Phrases {
    private final EncodedCorpus corpus;
    private final PhraseOptions options;
    private final int[] ids = new int[Chunks.SIZE + 1];
    private final ByteBuffer buffer = Spool.buffer();

    /** Words, then the phrases that were made of them. */
    private final List<String> words = new ArrayList<>();

    private Phrases(EncodedCorpus corpus, PhraseOptions options) {
        this.corpus = corpus;
        this.options = options;
        for (int i = 0; i < corpus.vocabulary().size(); i++) {
            words.add(corpus.vocabulary().word(i));
        }
    }

    /**
     * Writes a corpus to a text file with its phrases joined by underscores.
     *
     * @return the number of different phrases
     */
    public static int join(Corpus corpus, PhraseOptions options, Path file) {
        int threads = Runtime.getRuntime().availableProcessors();
        try (EncodedCorpus encoded = EncodedCorpus.read(corpus, 1, 20_000_000, threads, List.of())) {
            Phrases phrases = new Phrases(encoded, options);
            for (int pass = 0; pass < options.passes(); pass++) {
                phrases.joinOnce();
            }
            phrases.write(file);
            return phrases.words.size() - encoded.vocabulary().size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void joinOnce() throws IOException {
        long[] counts = new long[words.size()];
        LongCounter pairs = new LongCounter();
        long total = 0;
        Spool spool = corpus.spool();
        for (int piece = 0; piece < spool.pieces(); piece++) {
            int count = spool.read(piece, ids, buffer);
            for (int i = 0; i < count; i++) {
                if (ids[i] != Splitter.SENTENCE_END) {
                    counts[ids[i]]++;
                    total++;
                    if (i + 1 < count && ids[i + 1] != Splitter.SENTENCE_END) {
                        pairs.add(key(ids[i], ids[i + 1]));
                    }
                }
            }
        }
        Map<Long, Integer> made = new HashMap<>();
        for (int piece = 0; piece < spool.pieces(); piece++) {
            int count = spool.read(piece, ids, buffer);
            spool.rewrite(piece, ids, joined(count, counts, pairs, total, made), buffer);
        }
    }

    private int joined(int count, long[] counts, LongCounter pairs, long total, Map<Long, Integer> made) {
        int kept = 0;
        int i = 0;
        while (i < count) {
            boolean pair = i + 1 < count && ids[i] != Splitter.SENTENCE_END && ids[i + 1] != Splitter.SENTENCE_END;
            if (pair && isPhrase(ids[i], ids[i + 1], counts, pairs, total)) {
                int first = ids[i];
                int second = ids[i + 1];
                ids[kept++] = made.computeIfAbsent(key(first, second), _ -> {
                    words.add(words.get(first) + "_" + words.get(second));
                    return words.size() - 1;
                });
                i += 2;
            } else {
                ids[kept++] = ids[i++];
            }
        }
        return kept;
    }

    private boolean isPhrase(int first, int second, long[] counts, LongCounter pairs, long total) {
        int together = pairs.count(key(first, second));
        double score = (together - options.minCount()) * (double) total / ((double) counts[first] * counts[second]);
        return together >= options.minCount() && score > options.threshold();
    }

    private static long key(int first, int second) {
        return (long) (first + 1) << 32 | second;
    }

    private void write(Path file) throws IOException {
        Spool spool = corpus.spool();
        AtomicFile.write(file, channel -> {
            Writer out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8), 1 << 16);
            boolean lineStart = true;
            for (int piece = 0; piece < spool.pieces(); piece++) {
                int count = spool.read(piece, ids, buffer);
                for (int i = 0; i < count; i++) {
                    if (ids[i] == Splitter.SENTENCE_END) {
                        out.append('\n');
                        lineStart = true;
                    } else {
                        out.append(lineStart ? "" : " ").append(words.get(ids[i]));
                        lineStart = false;
                    }
                }
            }
            out.append(lineStart ? "" : "\n").flush();
        });
    }
}
