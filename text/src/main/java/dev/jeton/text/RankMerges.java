package dev.jeton.text;

/** Lists the merges of ranked tokens, for formats that have them. */
final class RankMerges {
    private RankMerges() {}

    /**
     * The one merge that makes each token. Within a token's bytes merging by the ranks below its own is deterministic, so the
     * last two parts are always the same ones; a token whose bytes do not come down to two parts is never merged.
     */
    static MergeTable of(TokenTable tokens) {
        var merges = new MergeTable(tokens.size());
        var merger = new Merger();
        for (int id = 0; id < tokens.size(); id++) {
            boolean counts = tokens.find(tokens.arena(), tokens.start(id), tokens.end(id)) == id;
            if (!counts || tokens.length(id) < 2) {
                continue;
            }
            merger.clear();
            for (int i = tokens.start(id); i < tokens.end(id); i++) {
                merger.add(tokens.find(tokens.arena()[i]));
            }
            merger.merge(merges);
            int left = merger.span(0);
            if (left < merger.size() && left + merger.span(left) == merger.size()) {
                merges.add(merger.token(0), merger.token(left), id);
            }
        }
        return merges;
    }
}
