package dev.jeton.text;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Byte-pair encoding over characters: a word's characters are merged, pair by pair, in the order the merges were learnt. */
final class BpeModel implements Model {
    /** What a BPE does beside merging. */
    record Options(
            @Nullable String unknownToken,
            @Nullable String continuingSubwordPrefix,
            @Nullable String endOfWordSuffix,
            boolean fuseUnknown,
            boolean byteFallback,
            boolean ignoreMerges) {

        static Options plain() {
            return new Options(null, null, null, false, false, false);
        }
    }

    private static final int UNSEEN = -2;

    private final Vocabulary vocabulary;
    private final Supplier<? extends PairRanks> pairs;
    private final Supplier<MergeTable> merges;
    private final Options options;
    /** What each character is alone, looked up when it is first met; any thread finds the same. */
    private final int[][] symbols = new int[(Character.MAX_CODE_POINT + 1) >> 8][];

    private final int[] byteIds = new int[256];
    private final int unknownId;
    private final PieceTrie whole;

    BpeModel(Vocabulary vocabulary, MergeTable merges, Options options) {
        this(vocabulary, merges, options, new PieceTrie());
    }

    /** Of ranked tokens, whose merges are listed only where someone asks for the list. */
    BpeModel(ByteVocabulary ranked, Options options) {
        this(
                ranked,
                new Once<>(() -> new RankedPairs(ranked.table())),
                new Once<>(() -> RankMerges.of(ranked.table())),
                options,
                new PieceTrie());
    }

    /** {@code whole} holds pieces that are taken as they are wherever they begin, before any merge. */
    BpeModel(Vocabulary vocabulary, MergeTable merges, Options options, PieceTrie whole) {
        this(vocabulary, () -> merges, () -> merges, options, whole);
    }

    private BpeModel(
            Vocabulary vocabulary,
            Supplier<? extends PairRanks> pairs,
            Supplier<MergeTable> merges,
            Options options,
            PieceTrie whole) {
        this.pairs = pairs;
        this.whole = whole;
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.options = options;
        for (int i = 0; i < 256; i++) {
            byteIds[i] = vocabulary.id("<0x%02X>".formatted(i));
        }
        unknownId = options.unknownToken() == null ? -1 : vocabulary.id(options.unknownToken());
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Which symbols merge. */
    PairRanks pairs() {
        return pairs.get();
    }

    /** All merges. */
    MergeTable merges() {
        return merges.get();
    }

    /** The pieces that are taken before any merge. */
    PieceTrie whole() {
        return whole;
    }

    Options options() {
        return options;
    }

    /** The id of the token {@code <0xNN>}, or -1. */
    int byteId(int value) {
        return byteIds[value & 0xFF];
    }

    int unknownId() {
        return unknownId;
    }

    /** The id of a character that stands alone, or -1. */
    int symbol(int point) {
        int[] page = symbols[point >> 8];
        if (page == null) {
            page = new int[256];
            Arrays.fill(page, UNSEEN);
            VarHandle.storeStoreFence(); // who sees the page sees what is in it
            symbols[point >> 8] = page;
        }
        int known = page[point & 0xFF];
        if (known == UNSEEN) {
            known = vocabulary.id(Character.toString(point));
            page[point & 0xFF] = known;
        }
        return known;
    }

    private int symbol(AlignedText word, int index) {
        String prefix = index > 0 ? options.continuingSubwordPrefix() : null;
        String suffix = index == word.size() - 1 ? options.endOfWordSuffix() : null;
        boolean plain = (prefix == null || prefix.isEmpty()) && (suffix == null || suffix.isEmpty());
        if (plain) {
            return symbol(word.point(index));
        }
        return vocabulary.id((prefix == null ? "" : prefix)
                + Character.toString(word.point(index))
                + (suffix == null ? "" : suffix));
    }

    @Override
    public void tokenize(AlignedText word, Sink sink) {
        if (options.ignoreMerges()) {
            int whole = vocabulary.id(word.toString());
            if (whole >= 0) {
                sink.token(whole, 0, word.size(), null);
                return;
            }
        }
        var row = new Row(word.size());
        for (int i = 0; i < word.size(); i++) {
            long match = whole.isEmpty() ? -1 : whole.longest(word, i);
            if (match >= 0) {
                row.add((int) match, i, (int) (match >> 32));
                i = (int) (match >> 32) - 1;
                continue;
            }
            int id = symbol(word, i);
            if (id >= 0) {
                row.add(id, i, i + 1);
            } else if (!options.byteFallback() || !addBytes(row, word.point(i), i)) {
                addUnknown(row, i);
            }
        }
        row.merger.merge(pairs());
        for (int at = 0; at < row.merger.size(); at += row.merger.span(at)) {
            int last = at + row.merger.span(at) - 1;
            sink.token(row.merger.token(at), row.from[at], row.to[last], null);
        }
    }

    private boolean addBytes(Row row, int point, int index) {
        int length = Utf8.length(point);
        for (int i = 0; i < length; i++) {
            if (byteIds[point < 0x80 ? point : Utf8.byteOf(point, i)] < 0) {
                return false;
            }
        }
        for (int i = length - 1; i >= 0; i--) {
            row.add(byteIds[point < 0x80 ? point : Utf8.byteOf(point, i)], index, index + 1);
        }
        return true;
    }

    private void addUnknown(Row row, int index) {
        if (options.unknownToken() == null) {
            return; // the reference drops what it does not know
        }
        if (unknownId < 0) {
            throw new TokenizerException(
                    "bpe: the vocabulary does not hold the unknown token \"" + options.unknownToken() + "\"");
        }
        if (options.fuseUnknown() && row.endsUnknown) {
            row.to[row.merger.size() - 1] = index + 1;
        } else {
            row.add(unknownId, index, index + 1);
            row.endsUnknown = true;
        }
    }

    /** The symbols of one word, and which of its characters each stands for. */
    private static final class Row {
        private final Merger merger = new Merger();
        private int[] from;
        private int[] to;
        private boolean endsUnknown;

        Row(int capacity) {
            from = new int[capacity];
            to = new int[capacity];
        }

        void add(int id, int first, int end) {
            int at = merger.size();
            if (at == from.length) {
                from = Arrays.copyOf(from, at * 2 + 4);
                to = Arrays.copyOf(to, from.length);
            }
            from[at] = first;
            to[at] = end;
            merger.add(id);
            endsUnknown = false;
        }
    }
}
