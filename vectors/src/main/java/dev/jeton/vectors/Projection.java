package dev.jeton.vectors;

/** How vectors become points of a plane. */
public sealed interface Projection {
    /** The plane in which the vectors differ most: distances far apart are true, near ones crowd. */
    record PrincipalComponents() implements Projection {}

    /**
     * Keeps neighbours together; distances between groups mean little (van der Maaten and Hinton 2008; Barnes-Hut, arXiv 1301.3342). For
     * some hundred words and more: fewer are thrown about by steps meant for many.
     *
     * @param perplexity about how many neighbours count, more than 0; at most a third of the words are taken
     */
    record TSne(double perplexity) implements Projection {
        public TSne {
            if (!(perplexity > 0)) {
                throw new IllegalArgumentException("t-SNE: perplexity must be more than 0, not " + perplexity);
            }
        }
    }

    /**
     * Keeps neighbours together and groups in their places (McInnes, Healy and Melville 2018, arXiv 1802.03426).
     *
     * @param neighbours how many neighbours count, at least 2
     */
    record Umap(int neighbours) implements Projection {
        public Umap {
            if (neighbours < 2) {
                throw new IllegalArgumentException("UMAP: at least 2 neighbours are needed, not " + neighbours);
            }
        }
    }
}
