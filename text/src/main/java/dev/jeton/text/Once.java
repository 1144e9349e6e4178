package dev.jeton.text;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made when it is first asked for, by one thread. */
final class Once<T> implements Supplier<T> {
    private volatile @Nullable T value;
    private @Nullable Supplier<T> maker;

    Once(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        T known = value;
        return known == null ? make() : known;
    }

    private synchronized T make() {
        T known = value;
        if (known == null) {
            known = Objects.requireNonNull(maker).get();
            value = known;
            maker = null; // what it holds is not needed again
        }
        return known;
    }
}
