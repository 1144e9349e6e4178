package dev.jeton.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The substrings that a unigram model starts from, with all places where they stand.
 *
 * <p>Places are sorted by what follows, one character further at a time. Those that agree so far form a group, which is a node
 * of the text's suffix tree; where a group's places go on differently, their common beginning is a seed.
 */
final class UnigramSeeds {
    /** The longest piece, in characters. */
    private static final int LONGEST = 16;
    /** How many seeds the best are chosen for. */
    private static final int MOST = 1_000_000;

    /**
     * A substring.
     *
     * @param from where its places begin in {@link #place}
     * @param to where they end
     * @param length in characters
     * @param frequency how often it occurs in the text
     */
    record Seed(int from, int to, int length, long frequency) {
        /** How much of the text it makes up. */
        long weight() {
            return frequency * length;
        }
    }

    private final UnigramText text;
    private final long minFrequency;
    /** Places, in the low half; what they are sorted by above. */
    private final long[] places;

    private final List<Seed> seeds;

    private UnigramSeeds(UnigramText text, long minFrequency) {
        this.text = text;
        this.minFrequency = minFrequency;
        places = IntStream.range(0, text.size())
                .filter(at -> text.symbol(at) != 0)
                .mapToLong(at -> at)
                .toArray();
        seeds = best(find());
    }

    static UnigramSeeds of(UnigramText text, long minFrequency) {
        return new UnigramSeeds(text, minFrequency);
    }

    /** The single characters, then the substrings that make up most of the text. */
    List<Seed> seeds() {
        return seeds;
    }

    /** A place of the text where a seed stands, for an index from the seed's {@code from} on. */
    int place(int index) {
        return (int) places[index];
    }

    private List<Seed> find() {
        sort(0, places.length, 0);
        var groups = new ArrayList<int[]>();
        for (int from = 0; from < places.length; ) {
            int to = groupEnd(from, places.length);
            groups.add(new int[] {from, to});
            from = to;
        }
        return groups.parallelStream()
                .map(group -> {
                    var found = new ArrayList<Seed>();
                    found.add(new Seed(group[0], group[1], 1, frequency(group[0], group[1])));
                    goOn(group[0], group[1], 1, found);
                    return found;
                })
                .toList()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Finds what begins like the places of a group and is longer than {@code length}. */
    private void goOn(int groupFrom, int groupTo, int length, List<Seed> found) {
        sort(groupFrom, groupTo, length);
        for (int from = groupFrom; from < groupTo; ) {
            int to = groupEnd(from, groupTo);
            boolean ended = places[from] >>> 32 == 0;
            if (!ended && length < LONGEST) {
                visit(from, to, length + 1, found);
            }
            from = to;
        }
    }

    private void visit(int from, int to, int length, List<Seed> found) {
        if (frequency(from, to) < minFrequency) {
            return;
        }
        if (to - from == 1) { // a single place: whatever stands there is as frequent as the rest of its word
            int end = (int) places[from] + length;
            while (text.symbol(end) != 0) {
                end++;
            }
            int whole = end - (int) places[from];
            if (whole <= LONGEST) {
                found.add(new Seed(from, to, whole, text.countAt((int) places[from])));
            }
            return;
        }
        int first = text.symbol((int) places[from] + length);
        boolean branches = first == 0;
        for (int i = from + 1; i < to && !branches; i++) {
            branches = text.symbol((int) places[i] + length) != first;
        }
        if (branches) {
            found.add(new Seed(from, to, length, frequency(from, to)));
        }
        goOn(from, to, length, found);
    }

    private void sort(int from, int to, int depth) {
        for (int i = from; i < to; i++) {
            int place = (int) places[i];
            places[i] = (long) text.symbol(place + depth) << 32 | place;
        }
        Arrays.sort(places, from, to);
    }

    private int groupEnd(int from, int to) {
        int end = from + 1;
        while (end < to && places[end] >>> 32 == places[from] >>> 32) {
            end++;
        }
        return end;
    }

    private long frequency(int from, int to) {
        long result = 0;
        for (int i = from; i < to; i++) {
            result += text.countAt((int) places[i]);
        }
        return result;
    }

    private static List<Seed> best(List<Seed> found) {
        var result = new ArrayList<Seed>();
        var longer = new ArrayList<Seed>();
        found.forEach(seed -> (seed.length() == 1 ? result : longer).add(seed));
        // a stable sort of what was found in the order of the text's suffixes
        longer.sort(java.util.Comparator.comparingLong(seed -> -seed.weight()));
        result.addAll(longer.subList(0, Math.min(longer.size(), MOST)));
        return result;
    }
}
