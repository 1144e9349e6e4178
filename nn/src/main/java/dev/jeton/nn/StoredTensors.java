package dev.jeton.nn;

import dev.jeton.torch.Shape;
import dev.jeton.torch.Tensor;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tensors of a file as a map that reads each one when it is asked for it. */
final class StoredTensors extends AbstractMap<String, Tensor> {
    private final Safetensors file;

    StoredTensors(Safetensors file) {
        this.file = file;
    }

    /** Returns a shape without reading the tensor. */
    @Nullable
    Shape shape(String name) {
        return file.names().contains(name) ? file.shape(name) : null;
    }

    @Override
    public @Nullable Tensor get(Object name) {
        return file.names().contains(name) ? file.tensor((String) name) : null;
    }

    @Override
    public boolean containsKey(Object name) {
        return file.names().contains(name);
    }

    @Override
    public Set<String> keySet() {
        return file.names();
    }

    @Override
    public Set<Map.Entry<String, Tensor>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Tensor>> iterator() {
                Iterator<String> names = file.names().iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return names.hasNext();
                    }

                    @Override
                    public Map.Entry<String, Tensor> next() {
                        String name = names.next();
                        return Map.entry(name, file.tensor(name));
                    }
                };
            }

            @Override
            public int size() {
                return file.names().size();
            }
        };
    }
}
