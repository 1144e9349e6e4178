package dev.jeton.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention in a short type over many tokens, done block after block, is attention in single precision but for rounding. */
class BlockedAttentionTest {
    /** So many heads and tokens that there are several blocks. */
    private record Case(String name, long queries, long keys, boolean causal, long @Nullable [] mask) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Case> cases() {
        return Stream.of(
                new Case("all see all", 500, 512, false, null),
                new Case("causal", 512, 512, true, null),
                new Case("causal, fewer keys", 512, 300, true, null),
                new Case("causal, more keys", 300, 512, true, null),
                new Case("a mask for all", 500, 512, false, new long[] {8, 8, 500, 512}),
                new Case("a mask of keys", 500, 512, false, new long[] {8, 1, 1, 512}),
                new Case("causal and a mask of keys", 512, 512, true, new long[] {8, 1, 1, 512}));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void blocksMakeWhatTheWholeMakes(Case asked) {
        try (var _ = Scope.open()) {
            Generator random = Generator.of(7);
            Tensor[] single = {
                random.randn(8, 8, asked.queries, 8),
                random.randn(8, 8, asked.keys, 8),
                random.randn(8, 8, asked.keys, 8)
            };
            Tensor given = random.randn(8, 8, asked.queries, 8);
            Tensor seen = asked.mask == null ? null : random.rand(asked.mask).gt(0.3);
            Attention options = new Attention(seen, asked.causal, 0, OptionalDouble.empty());
            Tensor[] whole = run(single, given, options, DType.FLOAT32);
            Tensor[] blocks = run(single, given, options, DType.BFLOAT16);
            for (int i = 0; i < whole.length; i++) {
                double difference =
                        blocks[i].to(DType.FLOAT32).sub(whole[i]).norm().item();
                assertThat(difference / whole[i].norm().item()).isLessThan(0.02); // eight bits, several roundings
            }
        }
    }

    /** The result and the three gradients. */
    private static Tensor[] run(Tensor[] operands, Tensor given, Attention options, DType type) {
        Tensor[] leaves = new Tensor[3];
        for (int i = 0; i < 3; i++) {
            leaves[i] = operands[i].to(DType.BFLOAT16).to(type).detach().requiresGrad();
        }
        Tensor y = leaves[0].scaledDotProductAttention(leaves[1], leaves[2], options);
        y.mul(given.to(DType.BFLOAT16).to(type)).sum().backward();
        return new Tensor[] {y, leaves[0].grad(), leaves[1].grad(), leaves[2].grad()};
    }
}
