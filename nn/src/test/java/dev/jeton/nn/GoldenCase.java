package dev.jeton.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jeton.torch.DType;
import dev.jeton.torch.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** One golden file: PyTorch's inputs, parameters, outputs and gradients of one layer or function, in float64. */
record GoldenCase(Map<String, Tensor> tensors) {
    static GoldenCase read(String name) {
        Path file = Shared.folder("golden/torch").resolve(name + ".safetensors");
        GoldenCase golden = new GoldenCase(Safetensors.read(file));
        golden.all("input.").values().forEach(input -> {
            if (input.dtype().isFloating()) {
                input.requiresGrad();
            }
        });
        return golden;
    }

    Tensor input(String name) {
        return tensors.get("input." + name);
    }

    /** Gives a layer the case's parameters. */
    <L extends Layer> L loaded(L layer) {
        layer.to(DType.FLOAT64);
        layer.load(all("param."));
        return layer;
    }

    Map<String, Tensor> all(String prefix) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), tensor);
            }
        });
        return found;
    }

    /** Compares outputs, and after a backward pass the gradients of inputs and parameters. */
    void check(Map<String, Tensor> outputs, Map<String, Tensor> parameters) {
        Map<String, Tensor> expected = all("output.");
        assertThat(outputs.keySet()).isEqualTo(expected.keySet());
        Tensor objective = Tensor.scalar(0.0);
        for (Map.Entry<String, Tensor> output : outputs.entrySet()) {
            close("output." + output.getKey(), output.getValue(), expected.get(output.getKey()));
            objective = objective.add(output.getValue()
                    .mul(tensors.get("cotangent." + output.getKey()))
                    .sum());
        }
        objective.backward();
        all("grad.input.")
                .forEach((name, gradient) ->
                        close("grad.input." + name, input(name).grad(), gradient));
        Map<String, Tensor> gradients = all("grad.param.");
        assertThat(gradients.keySet()).isEqualTo(parameters.keySet());
        gradients.forEach((name, gradient) ->
                close("grad.param." + name, parameters.get(name).grad(), gradient));
    }

    static void close(String what, Tensor actual, Tensor expected) {
        assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
        double[] a = actual.toDoubles();
        double[] e = expected.toDoubles();
        for (int i = 0; i < a.length; i++) {
            double tolerance = 1e-10 + 1e-9 * Math.abs(e[i]);
            assertThat(Math.abs(a[i] - e[i]))
                    .as("%s[%d]: %s against %s", what, i, a[i], e[i])
                    .isLessThanOrEqualTo(tolerance);
        }
    }
}
