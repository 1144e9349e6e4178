package dev.jeton.text;

/** Which two neighbours become one token, and in what order. */
interface PairRanks {
    /** The rank of two tokens that do not merge: more than any rank. */
    int NONE = (1 << 22) - 1;

    /** The rank of two neighbours, {@link #NONE} if they do not merge. */
    int rank(int left, int right);

    /** The token that the merge of a rank makes. */
    int result(int rank);
}
