package dev.jeton.text;

import java.util.AbstractMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object whose members are whole numbers, such as a vocabulary: kept in two arrays until somebody asks for a map. */
final class JsonNumbers extends AbstractMap<String, @Nullable Object> {
    private String[] names = new String[64];
    private long[] numbers = new long[64];
    private int count;
    private @Nullable Map<String, @Nullable Object> map;

    void add(String name, long number) {
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
            numbers = Arrays.copyOf(numbers, count * 2);
        }
        names[count] = name;
        numbers[count++] = number;
    }

    /** How many members were read; a name may be there twice. */
    int count() {
        return count;
    }

    String name(int index) {
        return names[index];
    }

    long number(int index) {
        return numbers[index];
    }

    /** A map of its own of what was read so far: of two members of a name the later. */
    Map<String, @Nullable Object> toMap() {
        var result = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(count);
        for (int i = 0; i < count; i++) {
            result.put(names[i], numbers[i]);
        }
        return result;
    }

    private Map<String, @Nullable Object> map() {
        if (map == null) {
            map = toMap();
        }
        return map;
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return map().entrySet();
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return map().containsKey(name);
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return map().get(name);
    }
}
