package dev.jeton.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Negative words, Huffman paths and n-grams against their definitions. */
final class SamplingTest {
    private static final Vocabulary VOCABULARY =
            Vocabulary.of(List.of("a", "b", "c", "d", "e"), new long[] {1000, 300, 299, 10, 1});

    @Test
    void negativesFollowCountsToThreeQuarters() {
        NegativeSampler sampler = new NegativeSampler(VOCABULARY);
        Randoms random = new Randoms(3, 0, 0);
        int[] drawn = new int[5];
        for (int i = 0; i < 1_000_000; i++) {
            drawn[sampler.draw(random)]++;
        }
        double sum = 0;
        for (int i = 0; i < 5; i++) {
            sum += Math.pow((double) VOCABULARY.count(i), 0.75);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(drawn[i] * 1e-6).isCloseTo(Math.pow((double) VOCABULARY.count(i), 0.75) / sum, within(0.002));
        }
    }

    @Test
    void pathsAreAPrefixCodeOfLeastLength() {
        HuffmanTree tree = new HuffmanTree(VOCABULARY);
        int[] lengths = new int[5];
        double kraft = 0;
        for (int word = 0; word < 5; word++) {
            lengths[word] = tree.end(word) - tree.start(word);
            kraft += Math.pow(2, -lengths[word]);
        }
        assertThat(lengths).containsExactly(1, 2, 3, 4, 4);
        assertThat(kraft).isEqualTo(1);
        assertThat(tree.longest()).isEqualTo(4);
        for (int word = 0; word < 5; word++) {
            assertThat(tree.node(tree.start(word)))
                    .as("every path starts at the root")
                    .isEqualTo(3);
        }
    }

    @Test
    void ngramsAreFastTexts() {
        SubwordIndex index = new SubwordIndex(new Subwords(3, 4, 1000));
        // <né> : "<né", "né>" and the whole; the hash of "<né" by FNV-1a over signed bytes
        assertThat(index.buckets("né")).hasSize(3);
        byte[] gram = "<né".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int hash = 0x811C9DC5;
        for (byte b : gram) {
            hash = (hash ^ b) * 16777619;
        }
        assertThat(index.buckets("né")[0]).isEqualTo(Integer.remainderUnsigned(hash, 1000));
    }
}
