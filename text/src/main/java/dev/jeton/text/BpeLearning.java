package dev.jeton.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One run of learning merges: the vocabulary as it grows. */
final class BpeLearning implements PairMerging.Learner {
    private static final int POINTS = Character.MAX_CODE_POINT + 1;
    private static final int TOLD_EVERY = 1 << 10;

    private final BpeTrainer trainer;
    private final Consumer<TrainingProgress> listener;
    private final boolean bytes;
    /** What is before every symbol but the first one of a word. */
    private final String prefix;

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final MergeTable merges;

    BpeLearning(BpeTrainer trainer, Consumer<TrainingProgress> listener) {
        this.trainer = trainer;
        this.listener = listener;
        bytes = trainer.scheme() == BpeTrainer.Scheme.BYTE_LEVEL;
        prefix = trainer.scheme() == BpeTrainer.Scheme.WORD_PIECE ? "##" : "";
        merges = new MergeTable(trainer.vocabularySize());
    }

    void learn(WordList words) {
        trainer.specialTokens().forEach(this::id);
        for (int value = 0; value < 256 && trainer.byteFallback(); value++) {
            id("<0x%02X>".formatted(value));
        }
        long[] counts = new long[POINTS];
        boolean[] inner = new boolean[POINTS];
        countPoints(words, counts, inner);
        int[] alphabet = alphabet(counts);
        int[] firstIds = new int[POINTS];
        Arrays.fill(firstIds, -1);
        for (int point : alphabet) {
            firstIds[point] = id(Character.toString(point));
        }
        int[] laterIds = firstIds;
        if (!prefix.isEmpty()) {
            laterIds = new int[POINTS];
            Arrays.fill(laterIds, -1);
            for (int point : alphabet) {
                if (inner[point]) {
                    laterIds[point] = id(prefix + Character.toString(point));
                }
            }
        }
        if (tokens.size() > trainer.vocabularySize()) {
            throw new IllegalArgumentException(
                    "training: the vocabulary must have room for the %d characters and other tokens that it begins with,"
                                    .formatted(tokens.size())
                            + " got " + trainer.vocabularySize() + "; or limit the alphabet");
        }
        SymbolText text = text(words, firstIds, laterIds);
        new PairMerging(text, tokens.size(), trainer.minFrequency()).learn(this);
        listener.accept(progress());
    }

    private void countPoints(WordList words, long[] counts, boolean[] inner) {
        for (int value = 0; value < 256 && bytes; value++) {
            counts[ByteAlphabet.charOf(value)] = Long.MAX_VALUE >> 1; // all are in every alphabet
        }
        for (int word = 0; word < words.size(); word++) {
            for (int at = words.start(word); at < words.end(word); ) {
                int point = point(words, at, words.end(word));
                counts[point] += words.count(word);
                inner[point] |= at > words.start(word);
                at += length(point);
            }
        }
    }

    private int point(WordList words, int at, int end) {
        return bytes ? ByteAlphabet.charOf(words.bytes()[at]) : Utf8.decode(words.bytes(), at, end);
    }

    private int length(int point) {
        return bytes ? 1 : Utf8.length(point);
    }

    /** The characters that become tokens, in the order of their numbers. */
    private int[] alphabet(long[] counts) {
        int[] met =
                IntStream.range(0, POINTS).filter(point -> counts[point] > 0).toArray();
        if (met.length <= trainer.alphabetLimit()) {
            return met;
        }
        return Arrays.stream(met)
                .boxed()
                .sorted((a, b) -> Long.compare(counts[b], counts[a])) // stable: of equal ones the lower
                .limit(trainer.alphabetLimit())
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    private SymbolText text(WordList words, int[] firstIds, int[] laterIds) {
        var text = new SymbolText(words.size());
        for (int word = 0; word < words.size(); word++) {
            int[] ofPoint = firstIds;
            for (int at = words.start(word); at < words.end(word); ) {
                int point = point(words, at, words.end(word));
                if (ofPoint[point] >= 0) {
                    text.add(ofPoint[point]);
                } else {
                    text.endWord(words.count(word)); // no merge reaches across what is not learnt
                }
                ofPoint = laterIds;
                at += length(point);
            }
            text.endWord(words.count(word));
        }
        return text;
    }

    private int id(String token) {
        Integer known = ids.putIfAbsent(token, tokens.size());
        if (known == null) {
            tokens.add(token);
            return tokens.size() - 1;
        }
        return known;
    }

    @Override
    public boolean wantsMore() {
        return tokens.size() < trainer.vocabularySize();
    }

    @Override
    public int merge(int left, int right) {
        int result = id(tokens.get(left) + tokens.get(right).substring(prefix.length()));
        merges.add(left, right, result);
        if (merges.size() % TOLD_EVERY == 0) {
            listener.accept(progress());
        }
        return result;
    }

    private TrainingProgress progress() {
        return new TrainingProgress(TrainingProgress.Phase.LEARNING, tokens.size(), trainer.vocabularySize());
    }

    Vocabulary vocabulary() {
        var vocabulary = new StringVocabulary(tokens.size());
        for (int id = 0; id < tokens.size(); id++) {
            vocabulary.add(tokens.get(id), id);
        }
        return vocabulary;
    }

    MergeTable merges() {
        return merges;
    }
}
