package dev.jeton.torch;

import dev.jeton.torch.internal.Abi;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;

/** Copies between Java arrays and the memory of tensors. */
final class Elements {
    private Elements() {}

    // ---- in
    // ----------------------------------------------------------------------------------------------------------

    static Tensor empty(Shape shape, DType dtype, Device device) {
        LibTorch.checkDevice(device);
        return empty(shape, rowMajor(shape), dtype, device);
    }

    /** Elements that are not set, on a device that is known to be there. */
    static Tensor empty(Shape shape, long[] strides, DType dtype, Device device) {
        Context context = Context.current();
        long address = Abi.empty(
                context.scratch,
                shape.raw(),
                strides,
                dtype.code(),
                device.type().code(),
                device.nativeIndex());
        return Tensor.result(context, "empty", address);
    }

    static Tensor over(MemorySegment memory, Shape shape, DType dtype) {
        long bytes = shape.elements() * dtype.bytes();
        if (!memory.isNative() || memory.byteSize() < bytes) {
            throw new ShapeException("over: " + shape + " of " + dtype + " needs " + bytes
                    + " bytes of native memory, the segment has " + memory.byteSize()
                    + (memory.isNative() ? "" : " on the Java heap"));
        }
        Context context = Context.current();
        return Tensor.result(
                context, "over", Abi.wrap(context.scratch, memory, shape.raw(), rowMajor(shape), dtype.code()));
    }

    static Tensor of(float[] values, Shape shape) {
        checkCount(values.length, shape);
        Tensor tensor = empty(shape, DType.FLOAT32, Device.CPU);
        MemorySegment.copy(values, 0, tensor.raw(), ValueLayout.JAVA_FLOAT, 0, values.length);
        return tensor;
    }

    static Tensor of(double[] values, Shape shape) {
        checkCount(values.length, shape);
        Tensor tensor = empty(shape, DType.FLOAT64, Device.CPU);
        MemorySegment.copy(values, 0, tensor.raw(), ValueLayout.JAVA_DOUBLE, 0, values.length);
        return tensor;
    }

    static Tensor of(long[] values, Shape shape) {
        checkCount(values.length, shape);
        Tensor tensor = empty(shape, DType.INT64, Device.CPU);
        MemorySegment.copy(values, 0, tensor.raw(), ValueLayout.JAVA_LONG, 0, values.length);
        return tensor;
    }

    static Tensor of(byte[] values, Shape shape) {
        checkCount(values.length, shape);
        Tensor tensor = empty(shape, DType.UINT8, Device.CPU);
        MemorySegment.copy(values, 0, tensor.raw(), ValueLayout.JAVA_BYTE, 0, values.length);
        return tensor;
    }

    static Tensor of(boolean[] values) {
        Tensor tensor = empty(Shape.of(values.length), DType.BOOL, Device.CPU);
        MemorySegment memory = tensor.raw();
        for (int i = 0; i < values.length; i++) {
            memory.set(ValueLayout.JAVA_BYTE, i, (byte) (values[i] ? 1 : 0));
        }
        return tensor;
    }

    static Tensor of(float[][] rows) {
        int columns = columns(rows.length, i -> rows[(int) i].length);
        Tensor tensor = empty(Shape.of(rows.length, columns), DType.FLOAT32, Device.CPU);
        MemorySegment memory = tensor.raw();
        for (int i = 0; i < rows.length; i++) {
            MemorySegment.copy(rows[i], 0, memory, ValueLayout.JAVA_FLOAT, 4L * i * columns, columns);
        }
        return tensor;
    }

    static Tensor of(double[][] rows) {
        int columns = columns(rows.length, i -> rows[(int) i].length);
        Tensor tensor = empty(Shape.of(rows.length, columns), DType.FLOAT64, Device.CPU);
        MemorySegment memory = tensor.raw();
        for (int i = 0; i < rows.length; i++) {
            MemorySegment.copy(rows[i], 0, memory, ValueLayout.JAVA_DOUBLE, 8L * i * columns, columns);
        }
        return tensor;
    }

    static Tensor of(long[][] rows) {
        int columns = columns(rows.length, i -> rows[(int) i].length);
        Tensor tensor = empty(Shape.of(rows.length, columns), DType.INT64, Device.CPU);
        MemorySegment memory = tensor.raw();
        for (int i = 0; i < rows.length; i++) {
            MemorySegment.copy(rows[i], 0, memory, ValueLayout.JAVA_LONG, 8L * i * columns, columns);
        }
        return tensor;
    }

    static Tensor generate(long count, LongUnaryOperator value) {
        Tensor tensor = empty(Shape.of(count), DType.INT64, Device.CPU);
        MemorySegment memory = tensor.raw();
        for (long i = 0; i < count; i++) {
            memory.setAtIndex(ValueLayout.JAVA_LONG, i, value.applyAsLong(i));
        }
        return tensor;
    }

    private static int columns(int rows, LongFunction<Integer> length) {
        int columns = rows == 0 ? 0 : length.apply(0);
        for (int i = 1; i < rows; i++) {
            if (length.apply(i) != columns) {
                throw new ShapeException("of: rows must be equally long: row 0 has " + columns + " elements, row " + i
                        + " has " + length.apply(i));
            }
        }
        return columns;
    }

    private static void checkCount(int count, Shape shape) {
        if (count != shape.elements()) {
            throw new ShapeException(
                    "of: " + shape + " has " + shape.elements() + " elements, " + count + " were given");
        }
    }

    static long[] rowMajor(Shape shape) {
        long[] strides = new long[shape.rank()];
        long step = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= Math.max(1, shape.size(i));
        }
        return strides;
    }

    // ---- out
    // ---------------------------------------------------------------------------------------------------------

    static float[] floats(Tensor tensor) {
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            Tensor plain = plain(tensor, DType.FLOAT32);
            float[] values = new float[length(tensor)];
            MemorySegment.copy(plain.raw(), ValueLayout.JAVA_FLOAT, 0, values, 0, values.length);
            return values;
        }
    }

    static double[] doubles(Tensor tensor) {
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            Tensor plain = plain(tensor, DType.FLOAT64);
            double[] values = new double[length(tensor)];
            MemorySegment.copy(plain.raw(), ValueLayout.JAVA_DOUBLE, 0, values, 0, values.length);
            return values;
        }
    }

    static long[] longs(Tensor tensor) {
        try (var _ = Scope.open();
                var _ = Gradients.off()) {
            Tensor plain = plain(tensor, DType.INT64);
            long[] values = new long[length(tensor)];
            MemorySegment.copy(plain.raw(), ValueLayout.JAVA_LONG, 0, values, 0, values.length);
            return values;
        }
    }

    static int[] ints(Tensor tensor) {
        return Arrays.stream(longs(tensor)).mapToInt(x -> (int) x).toArray();
    }

    private static Tensor plain(Tensor tensor, DType type) {
        return tensor.to(Device.CPU).to(type).contiguous();
    }

    private static int length(Tensor tensor) {
        long elements = tensor.elements();
        if (elements > Integer.MAX_VALUE - 8) {
            throw new ShapeException("a Java array cannot hold the " + elements + " elements of " + tensor.shape());
        }
        return (int) elements;
    }
}
