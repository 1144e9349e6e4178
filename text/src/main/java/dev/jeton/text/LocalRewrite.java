package dev.jeton.text;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The normaliser of a Metaspace pipeline, and the Metaspace itself, on bytes: a space stands for the visible one.
 *
 * <p>Most characters are normalised by themselves, and what becomes of them is kept. Where one hangs on its neighbours, such as a
 * combining mark, the pipeline's own normaliser takes these few characters.
 */
final class LocalRewrite implements ByteNormalizer {
    /** Where words begin. */
    enum Words {
        /** White space goes, and each word gets a space before it. */
        AT_WHITE_SPACE,
        /** Spaces stay, and one goes before the text if there is none. */
        AT_SPACES,
        /** The same, only at the very beginning of the text. */
        AT_SPACES_FIRST,
        /** Spaces stay. */
        AT_SPACES_NO_PREFIX
    }

    private static final int SIGN = SentencePieceNormalizer.SPACE;
    private static final int[] DEPENDS = {};

    private final @Nullable Normalizer normalizer;
    private final Words words;
    /** ASCII characters of which two in a row are replaced. */
    private int[] doubled = {};
    /** What the characters become; {@link #DEPENDS} where that hangs on their neighbours. */
    private final int[][][] pages = new int[(Character.MAX_CODE_POINT + 1) >> 8][][];
    /** Whether what is to be seen of ASCII stays, or at most becomes lower case. */
    private final boolean lowercase;

    private LocalRewrite(@Nullable Normalizer normalizer, Words words) {
        this.normalizer = normalizer;
        this.words = words;
        int[] a = rewritten('A');
        lowercase = a.length == 1 && a[0] == 'a';
    }

    /** A rewriting that equals the normaliser, or null if that does more than is known to be local. */
    static @Nullable LocalRewrite of(@Nullable Normalizer normalizer, Words words) {
        var result = new LocalRewrite(normalizer, words);
        return (normalizer == null || result.knows(normalizer)) && result.keepsAscii() ? result : null;
    }

    private boolean knows(Normalizer step) {
        return switch (step) {
            case Normalizer.Sequence(List<Normalizer> steps) -> steps.stream().allMatch(this::knows);
            case Normalizer.Replace(SplitPattern pattern, String content) -> {
                String text = pattern.text();
                boolean twice = !pattern.isRegex() && text.length() == 2 && text.charAt(0) == text.charAt(1);
                if (twice && text.charAt(0) < 0x80 && text.charAt(0) > ' ') {
                    doubled = Arrays.copyOf(doubled, doubled.length + 1);
                    doubled[doubled.length - 1] = text.charAt(0);
                    yield true;
                }
                yield false;
            }
            case Normalizer.Unicode unicode -> true;
            case Normalizer.Lowercase lower -> true;
            case Normalizer.StripAccents strip -> true;
            case Normalizer.Nmt nmt -> true;
            case Normalizer.Precompiled map -> true;
            default -> false;
        };
    }

    private boolean keepsAscii() {
        for (int point = '!'; point <= '~'; point++) {
            int[] becomes = rewritten(point);
            int expected = lowercase ? Character.toLowerCase(point) : point;
            if (becomes.length != 1 || becomes[0] != expected) {
                return false;
            }
        }
        return true;
    }

    private int[] rewritten(int point) {
        int[][] page = pages[point >> 8];
        if (page == null) {
            page = new int[256][];
            pages[point >> 8] = page; // a page that another thread made meanwhile may be lost, and is made again
        }
        int[] known = page[point & 0xFF];
        if (known == null) {
            known = rewrite(point);
            VarHandle.storeStoreFence(); // who sees the array sees what is in it
            page[point & 0xFF] = known;
        }
        return known;
    }

    private int[] rewrite(int point) {
        if (!Graphemes.standsAlone(point)) {
            return DEPENDS;
        }
        AlignedText text = AlignedText.of(Character.toString(point));
        AlignedText result = normalizer == null ? text : normalizer.normalize(text);
        int[] points = new int[result.size()];
        for (int i = 0; i < points.length; i++) {
            points[i] = result.point(i);
        }
        return points; // of a character that goes: none, as if it hung on its neighbours
    }

    private boolean drops(int point) {
        return normalizer != null
                && normalizer
                        .normalize(AlignedText.of(Character.toString(Math.max(0, point))))
                        .isEmpty();
    }

    @Override
    public int normalize(byte[] text, int from, int to, Scratch scratch) {
        return new Run(text, from, to, scratch).run();
    }

    private final class Run {
        private final byte[] text;
        private final int from;
        private final int to;
        private final Scratch scratch;
        private final boolean traced;
        private byte[] target;
        private int at;
        private int end;
        /** Whether the next character that is to be seen begins a word. */
        private boolean begins = true;

        Run(byte[] text, int from, int to, Scratch scratch) {
            this.text = text;
            this.from = from;
            this.to = to;
            this.scratch = scratch;
            traced = scratch.trace != null;
            target = scratch.ensureNormal(to - from + 1);
            at = from;
        }

        int run() {
            while (at < to) {
                if (!copyEight()) {
                    next();
                }
            }
            return end;
        }

        /** Takes eight bytes at once where each space is just that of the next word. */
        private boolean copyEight() {
            // what comes behind must stand alone too
            if (at + 8 >= to || text[at + 8] < ' ' || text[at + 8] == 0x7F) {
                return false;
            }
            long eight = Bytes.longAt(text, at);
            if (Bytes.notIn(eight, ' ', '~') != 0 || holdsDoubled(eight)) {
                return false;
            }
            long spaces = Bytes.HIGH_BITS & ~Bytes.notIn(eight, ' ', ' ');
            boolean last = false;
            if (words == Words.AT_WHITE_SPACE) {
                if ((spaces & spaces << 8) != 0 || (begins && (spaces & 0x80) != 0)) {
                    return false;
                }
                if (begins) {
                    put(' ', at, at + 1);
                }
                last = spaces < 0;
            } else if (begins) {
                return false;
            }
            Bytes.putLong(target, end, lowercase ? Bytes.lower(eight) : eight);
            if (traced) {
                align(spaces);
            }
            begins = last;
            at += 8;
            end += last ? 7 : 8;
            return true;
        }

        private boolean holdsDoubled(long eight) {
            for (int sign : doubled) {
                long marks = Bytes.HIGH_BITS & ~Bytes.notIn(eight, sign, sign);
                if ((marks & marks << 8) != 0 || (marks < 0 && text[at + 8] == sign)) {
                    return true;
                }
            }
            return false;
        }

        /** Of eight bytes each stands for itself, but a word's space for the word's first character. */
        private void align(long spaces) {
            scratch.alignment.copy(end, 8, at);
            if (words == Words.AT_WHITE_SPACE) {
                for (long left = spaces; left != 0; left &= left - 1) {
                    int index = Bytes.before(left);
                    scratch.alignment.put(end + index, 1, at + index + 1, at + index + 2);
                }
            }
        }

        private void next() {
            int[] becomes = becomes(at);
            int length = length(at);
            if (becomes.length == 0 || (at + length < to && becomes(at + length).length == 0)) {
                island();
                return;
            }
            ensure(becomes.length);
            for (int point : becomes) {
                emit(point, at, at + length);
            }
            at += length;
        }

        private int length(int place) {
            return Math.min(to - place, Utf8.sequenceLength(text[place]));
        }

        private int[] becomes(int place) {
            byte value = text[place];
            if (value < 0) {
                return rewritten(Math.max(0, Utf8.decode(text, place, to)));
            }
            for (int sign : doubled) {
                boolean before = place > from && text[place - 1] == sign;
                if (value == sign && (before || (place + 1 < to && text[place + 1] == sign))) {
                    return DEPENDS;
                }
            }
            return rewritten(value);
        }

        private void ensure(int points) {
            target = scratch.ensureNormal(end + 4 * points + 1 + to - at);
        }

        /** Has the normaliser take the characters up to the next two that stand alone. */
        private void island() {
            // the reference loses count where it drops the first character
            scratch.failed |= traced && at == from && drops(Utf8.decode(text, at, to));
            AlignedText part = AlignedText.empty(16);
            boolean alone = false;
            int stop = at;
            while (stop < to) {
                boolean next = becomes(stop).length > 0;
                if (alone && next) {
                    break;
                }
                alone = next;
                int length = length(stop);
                int point = Utf8.decode(text, stop, to);
                scratch.failed |= point < 0;
                part.add(Math.max(0, point), stop, stop + length);
                stop += length;
            }
            AlignedText result = normalizer == null ? part : normalizer.normalize(part);
            ensure(2 * result.size());
            for (int i = 0; i < result.size(); i++) {
                emit(result.point(i), result.start(i), result.end(i));
            }
            at = stop;
        }

        private void emit(int point, int start, int stop) {
            boolean space = point == ' ' || point == SIGN;
            if (words == Words.AT_WHITE_SPACE) {
                if (CodePoints.isWhiteSpace(point)) {
                    begins = true;
                    return;
                }
                if (begins && !space) {
                    put(' ', start, stop);
                }
            } else if (begins
                    && !space
                    && (words == Words.AT_SPACES || (words == Words.AT_SPACES_FIRST && start == 0))) {
                put(' ', start, stop);
            }
            begins = false;
            put(space ? ' ' : point, start, stop);
        }

        private void put(int point, int start, int stop) {
            int length = Utf8.put(point, target, end);
            if (traced) {
                scratch.alignment.put(end, length, start, stop);
            }
            end += length;
        }
    }
}
