package dev.jeton.models.vq;

import dev.jeton.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts vectors into equal parts and quantises each by itself (product quantisation): {@code G} codebooks of {@code Q} codes
 * make {@code Q^G} vectors. The loss is the mean of the parts', as if of the whole vector.
 */
final class GroupedQuantizer extends Quantizer {
    private final List<Quantizer> groups;

    GroupedQuantizer(Quantization.Grouped how, int size) {
        this(
                size,
                IntStream.range(0, how.groups())
                        .mapToObj(i -> Quantizer.of(how.each(), size / how.groups()))
                        .toList());
    }

    private GroupedQuantizer(int size, List<Quantizer> groups) {
        super(size, codesOf(groups));
        this.groups = children("groups", groups);
    }

    /** Returns the numbers of codes of several quantizers, one after the other. */
    static int[] codesOf(List<Quantizer> quantizers) {
        return quantizers.stream()
                .flatMapToInt(each -> Arrays.stream(each.codes()))
                .toArray();
    }

    @Override
    Quantized choose(Tensor z) {
        int part = groups.getFirst().size();
        List<Tensor> values = new ArrayList<>();
        List<Tensor> indices = new ArrayList<>();
        Tensor loss = noLoss(z);
        for (int i = 0; i < groups.size(); i++) {
            Quantized chosen = groups.get(i).choose(z.narrow(1, (long) i * part, part));
            values.add(chosen.values());
            indices.add(chosen.indices());
            loss = loss.add(chosen.loss());
        }
        return new Quantized(Tensor.cat(values, 1), Tensor.cat(indices, 1), loss.div(groups.size()));
    }

    @Override
    Tensor look(Tensor indices) {
        List<Tensor> parts = new ArrayList<>();
        int from = 0;
        for (Quantizer group : groups) {
            int codes = group.codes().length;
            parts.add(group.look(indices.narrow(1, from, codes)));
            from += codes;
        }
        return Tensor.cat(parts, 1);
    }
}
