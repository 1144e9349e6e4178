package dev.jeton.nn;

import dev.jeton.torch.DType;
import dev.jeton.torch.Device;
import dev.jeton.torch.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One safetensors file, mapped into memory: the system reads what is asked for. */
final class SafetensorsFile implements AutoCloseable {
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment data;
    private final SafetensorsHeader header;

    SafetensorsFile(Path file) {
        this.file = file;
        boolean opened = false;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment all = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            long headerBytes = headerBytes(all);
            data = all.asSlice(8 + headerBytes);
            byte[] json = all.asSlice(8, headerBytes).toArray(ValueLayout.JAVA_BYTE);
            header = SafetensorsHeader.parse(file, json, data.byteSize());
            opened = true;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read: " + e, e);
        } finally {
            if (!opened) {
                arena.close();
            }
        }
    }

    private long headerBytes(MemorySegment all) {
        if (all.byteSize() < 8) {
            throw new CheckpointException(file + ": a safetensors file begins with 8 bytes that give the length of its"
                    + " header, this file has " + all.byteSize() + " bytes");
        }
        long length = all.get(LENGTH, 0);
        if (length < 0 || length > SafetensorsHeader.LONGEST) {
            throw new CheckpointException(file + ": not a safetensors file: its first 8 bytes would be a header of "
                    + Long.toUnsignedString(length) + " bytes, more than " + SafetensorsHeader.LONGEST);
        }
        if (length > all.byteSize() - 8) {
            throw new CheckpointException(file + ": the header should be " + length + " bytes long, only "
                    + (all.byteSize() - 8) + " follow: the file is cut off");
        }
        return length;
    }

    SafetensorsHeader header() {
        return header;
    }

    /** Copies a tensor out of the file. */
    Tensor tensor(String name, SafetensorsHeader.Entry entry) {
        MemorySegment stored = data.asSlice(entry.begin(), entry.end() - entry.begin());
        Tensor tensor = Tensor.empty(entry.shape(), entry.dtype(), Device.CPU);
        try {
            if (entry.dtype() == DType.BOOL) {
                checkTruthValues(name, stored);
            }
            if (stored.byteSize() > 0) {
                tensor.memory().copyFrom(stored);
            }
        } catch (InternalError e) { // how the JVM reports that mapped bytes are no longer there
            throw new CheckpointException(file + ": became shorter while it was read, at tensor '" + name + "'", e);
        }
        return tensor;
    }

    /** Kernels rely on booleans being 0 or 1. */
    private void checkTruthValues(String name, MemorySegment stored) {
        for (long i = 0; i < stored.byteSize(); i++) {
            byte value = stored.get(ValueLayout.JAVA_BYTE, i);
            if (value != 0 && value != 1) {
                throw new CheckpointException(
                        file + ": tensor '" + name + "': element " + i + " must be 0 or 1, it is " + (value & 0xff));
            }
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
