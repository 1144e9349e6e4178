package dev.jeton.text;

/** {@link SentencePieceNormalizer} on bytes; a space stands for the visible one. */
final class SentencePieceBytes implements ByteNormalizer {
    private final SentencePieceNormalizer steps;
    /** By ASCII character, whether it stays as it is before another one. */
    private final boolean[] plain = new boolean[128];
    /** Whether that holds for all that can be seen, and for the space. */
    private final boolean allPlain;

    SentencePieceBytes(SentencePieceNormalizer steps) {
        this.steps = steps;
        boolean all = true;
        for (int point = 0; point < 128; point++) {
            plain[point] = !steps.userDefined().canStart((byte) point) && !isRewritten(point);
            all &= plain[point] || point < ' ' || point == 0x7F;
        }
        allPlain = all;
    }

    private boolean isRewritten(int first) {
        CharsMap map = steps.map();
        if (map == null) {
            return false;
        }
        for (int second = 0; second < 128; second++) {
            if (map.begins((byte) first, (byte) second)) {
                return true;
            }
        }
        return map.match(new byte[] {(byte) first}, 0, 1, true) >= 0;
    }

    @Override
    public int normalize(byte[] text, int from, int to, Scratch scratch) {
        return new Run(text, from, to, scratch).run();
    }

    private final class Run {
        private final byte[] text;
        private final int to;
        private final Scratch scratch;
        private final boolean traced;
        private byte[] target;
        private int at;
        private int end;
        private boolean afterSpace = steps.removeExtraWhitespaces();

        Run(byte[] text, int from, int to, Scratch scratch) {
            this.text = text;
            this.to = to;
            this.scratch = scratch;
            traced = scratch.trace != null;
            target = scratch.ensureNormal(to - from + 1);
            at = from;
        }

        int run() {
            if (steps.removeExtraWhitespaces()) {
                skipSpaces();
            }
            if (at == to) {
                return 0;
            }
            if (steps.addDummyPrefix()) {
                put((byte) ' ', at);
            }
            while (at < to) {
                if (!copyEight()) {
                    next();
                }
            }
            return finish();
        }

        private void skipSpaces() {
            while (at < to) {
                long match = match();
                int length = (int) (match >> 32);
                int replacement = (int) match;
                boolean space =
                        replacement < 0 ? text[at] == ' ' : steps.requireMap().isSpace(replacement);
                if (!space) {
                    return;
                }
                at += length;
            }
        }

        /** Takes eight bytes as they are, where none of them is more than a character and no space is to be dropped. */
        private boolean copyEight() {
            if (!allPlain || traced || at + 8 >= to || text[at + 8] < 0) {
                return false;
            }
            long eight = Bytes.longAt(text, at);
            if (Bytes.notIn(eight, ' ', '~') != 0) {
                return false;
            }
            if (steps.removeExtraWhitespaces()) {
                long visible = Bytes.notIn(eight, ' ', ' ');
                long spaces = ~visible & Bytes.HIGH_BITS;
                boolean first = (spaces & 0x80) != 0;
                if ((spaces & spaces << 8) != 0 || (afterSpace && first)) {
                    return false;
                }
                afterSpace = spaces < 0;
            }
            Bytes.putLong(target, end, eight);
            at += 8;
            end += 8;
            return true;
        }

        private void next() {
            byte value = text[at];
            if (value >= 0 && plain[value] && (at + 1 == to || text[at + 1] >= 0)) {
                if (value != ' ' || !afterSpace) {
                    put(value, at);
                }
                afterSpace = value == ' ' && steps.removeExtraWhitespaces();
                at++;
                return;
            }
            long match = match();
            int length = (int) (match >> 32);
            int replacement = (int) match;
            if (replacement < 0) {
                copy(text, at, at + length);
            } else {
                CharsMap map = steps.requireMap();
                copy(map.replacements(), replacement, map.replacementEnd(replacement));
            }
            at += length;
        }

        /** The length of the longest known prefix above 32 bits, below where its replacement starts, negative if it stays. */
        private long match() {
            long symbol =
                    steps.userDefined().isEmpty() ? -1 : steps.userDefined().longest(text, at, to);
            if (symbol >= 0) {
                return (((symbol >> 32) - at) << 32) | 0xFFFF_FFFFL;
            }
            CharsMap map = steps.map();
            long match = map == null ? -1 : map.match(text, at, to, true);
            return match >= 0 ? match : ((long) Utf8.sequenceLength(text[at]) << 32) | 0xFFFF_FFFFL;
        }

        /** Adds a prefix or what it becomes, less the spaces at its beginning if there is one before. */
        private void copy(byte[] source, int from, int end) {
            int first = from;
            while (afterSpace && first < end && source[first] == ' ') {
                first++;
            }
            target = scratch.ensureNormal(this.end + end - first + to - at);
            for (int i = first; i < end; i++) {
                if (i + 2 < end && isSign(source, i)) {
                    put((byte) ' ', at);
                    i += 2;
                } else {
                    put(source[i], at);
                }
            }
            if (first < end) {
                afterSpace = source[end - 1] == ' ';
            }
            afterSpace &= steps.removeExtraWhitespaces();
        }

        private static boolean isSign(byte[] bytes, int at) {
            return bytes[at] == (byte) 0xE2 && bytes[at + 1] == (byte) 0x96 && bytes[at + 2] == (byte) 0x81;
        }

        private void put(byte value, int start) {
            target[end] = value;
            if (traced) {
                scratch.alignment.put(end, 1, start, start);
            }
            end++;
        }

        private int finish() {
            int last = to;
            while (steps.removeExtraWhitespaces() && end > 0 && target[end - 1] == ' ') {
                end--;
                last = traced ? scratch.alignment.start(end) : last;
            }
            if (traced) {
                scratch.alignment.endWhereNextStarts(target, end, last);
            }
            return end;
        }
    }
}
