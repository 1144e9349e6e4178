package dev.jeton.text;

import java.util.Arrays;

/**
 * The merges of ranked tokens, where two neighbours merge if their concatenation is a token, the least rank first.
 *
 * <p>Merging by the ranks below a token's own always comes to the same last two parts of its bytes. Those are two tokens of which no
 * merge of a lesser rank goes across the border, which can be seen by going back from them: of the two that meet at the border, the
 * one made later was its parts before, and so on down to bytes.
 */
final class RankMerges {
    /** What merging begins with. */
    private static final int BYTE = -1;

    private final TokenTable tokens;
    private final MergeTable merges;
    /** The rank of the merge that makes a token; {@link MergeTable#NONE} if none does. */
    private final int[] ranks;

    private RankMerges(TokenTable tokens) {
        this.tokens = tokens;
        merges = new MergeTable(tokens.size());
        ranks = new int[tokens.size()];
        Arrays.fill(ranks, MergeTable.NONE);
    }

    /** The one merge that makes each token; a token whose bytes do not come down to two parts is never merged. */
    static MergeTable of(TokenTable tokens) {
        var result = new RankMerges(tokens);
        for (int value = 0; value < 256; value++) {
            int id = tokens.find((byte) value);
            if (id >= 0) {
                result.ranks[id] = BYTE;
            }
        }
        for (int id = 0; id < tokens.size(); id++) {
            if (tokens.length(id) > 1 && tokens.find(tokens.arena(), tokens.start(id), tokens.end(id)) == id) {
                result.add(id);
            }
        }
        return result.merges;
    }

    private void add(int id) {
        byte[] arena = tokens.arena();
        int start = tokens.start(id);
        int end = tokens.end(id);
        int rank = merges.size();
        for (int border = start + 1; border < end; border++) {
            int left = made(tokens.find(arena, start, border));
            int right = left < 0 ? left : made(tokens.find(arena, border, end));
            if (right >= 0 && isBorder(left, right, rank)) {
                merges.add(left, right, id);
                ranks[id] = rank;
                return;
            }
        }
    }

    /** The token if it is one before the one at hand, or -1. */
    private int made(int token) {
        return token >= 0 && ranks[token] != MergeTable.NONE ? token : -1;
    }

    /** Whether no merge of a rank below {@code limit} goes across the border of two tokens. */
    private boolean isBorder(int first, int second, int limit) {
        int left = first;
        int right = second;
        int before = limit;
        while (merges.rank(left, right) >= before) {
            if (ranks[left] > ranks[right]) {
                before = ranks[left];
                left = merges.right(before);
            } else if (ranks[right] == BYTE) {
                return true;
            } else {
                before = ranks[right] + 1; // of equal merges the left one is first
                right = merges.left(ranks[right]);
            }
        }
        return false;
    }
}
