package dev.jeton.torch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mixed precision on this thread until it is closed: products, convolutions and attention take their operands in a
 * short type, everything that adds up many numbers (softmax, norms' statistics, losses) stays in single precision, and so
 * do the weights themselves.
 *
 * <p>A weight is cast once, however often it is used, until it changes or the block ends. Its gradient arrives in single
 * precision. (Mixed Precision Training, arXiv 1710.03740; with bfloat16 no loss scaling is needed.)
 */
public final class Autocast implements AutoCloseable {
    private final Context context = Context.current();
    private final @Nullable Autocast around = context.autocast;
    private final DType type;
    private final List<Leaf> cached = new ArrayList<>();

    private Autocast(DType type) {
        this.type = type;
        context.autocast = this;
    }

    /**
     * Begins mixed precision.
     *
     * @param type the short type, {@link DType#BFLOAT16} or {@link DType#FLOAT16}; {@link DType#FLOAT32} switches an outer
     *     block off
     */
    public static Autocast to(DType type) {
        if (type != DType.BFLOAT16 && type != DType.FLOAT16 && type != DType.FLOAT32) {
            throw new DTypeException("autocast: products run in bfloat16, float16 or float32, not in " + type);
        }
        return new Autocast(type);
    }

    @Override
    public void close() {
        context.autocast = around;
        for (Leaf leaf : cached) {
            leaf.forgetCast();
        }
        cached.clear();
    }

    /** Returns an operand of a product as this thread's precision wants it. */
    static Tensor operand(Tensor x) {
        Autocast active = Context.current().autocast;
        if (active == null || x.dtype() != DType.FLOAT32 || active.type == DType.FLOAT32) {
            return x;
        }
        Leaf leaf = x.leaf();
        return leaf == null || !Context.current().recording ? x.to(active.type) : active.cast(leaf, x);
    }

    /** Returns an operand of what must be computed in single precision. */
    static Tensor full(Tensor x) {
        Autocast active = Context.current().autocast;
        return active == null || x.dtype() == DType.FLOAT32 || !x.dtype().isFloating() || x.dtype() == DType.FLOAT64
                ? x
                : x.to(DType.FLOAT32);
    }

    /** The cast of a weight: one copy of the elements, recorded anew for each use. */
    private Tensor cast(Leaf leaf, Tensor weight) {
        Tensor copy = leaf.castFor(weight, type);
        if (!cached.contains(leaf)) {
            cached.add(leaf);
        }
        Tensor use = copy.detach();
        return new Node("to", use, weight) {
            @Override
            Tensor gradient(int input, Tensor g) {
                return g.to(DType.FLOAT32);
            }
        }.result();
    }
}
