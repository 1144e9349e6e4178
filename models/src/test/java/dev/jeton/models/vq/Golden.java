package dev.jeton.models.vq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.nn.Layer;
import dev.jeton.nn.Safetensors;
import dev.jeton.torch.Gradients;
import dev.jeton.torch.Scope;
import dev.jeton.torch.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** One case of the reference data: what the field's library gave, step by step. */
record Golden(String name, Map<String, Tensor> tensors) {
    /** Reads a case into the innermost scope; the test is skipped where the reference data is absent. */
    static Golden read(String name) {
        Path file = Path.of(System.getProperty("jeton.shared", "shared"))
                .resolve("golden/quantizers/" + name + ".safetensors");
        Assumptions.assumeTrue(Files.exists(file), () -> "no reference data at " + file);
        return new Golden(name, Safetensors.read(file));
    }

    Tensor get(String key) {
        Tensor found = tensors.get(key);
        assertThat(found).as(name + " has " + key).isNotNull();
        return found;
    }

    /** Returns one of step {@code s}'s tensors. */
    Tensor get(int step, String key) {
        return get("step" + step + "." + key);
    }

    /** Overwrites a quantizer's state. */
    static void set(Layer layer, String name, Tensor value) {
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            Tensor target = layer.state().get(name);
            assertThat(target)
                    .as("state " + layer.state().keySet() + " has " + name)
                    .isNotNull();
            target.copyInPlace(value.reshape(target.shape()));
        }
    }

    void check(String what, Tensor actual, Tensor expected, double tolerance) {
        double[] a = actual.toDoubles();
        double[] e = expected.toDoubles();
        assertThat(a).as(name + ": elements of " + what).hasSameSizeAs(e);
        for (int i = 0; i < a.length; i++) {
            if (!(Math.abs(a[i] - e[i]) <= tolerance)) {
                throw new AssertionError(name + ": " + what + " differs at " + i + ": " + a[i] + " ≠ " + e[i]);
            }
        }
    }
}
