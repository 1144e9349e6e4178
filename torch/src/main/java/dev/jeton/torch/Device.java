package dev.jeton.torch;

/**
 * Where a tensor lies and where operators on it run.
 *
 * @param type the kind of processor
 * @param index which of them, from 0
 */
public record Device(Type type, int index) {
    /** The kinds of processors. */
    public enum Type {
        /** The machine's own processor and memory. */
        CPU(0),
        /** An NVIDIA GPU. */
        CUDA(1);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** The machine's own processor and memory. */
    public static final Device CPU = new Device(Type.CPU, 0);

    /** Checks the index. */
    public Device {
        if (index < 0 || (type == Type.CPU && index != 0)) {
            throw new DeviceException("device: " + type + " has no number " + index);
        }
    }

    /** Returns the GPU with this number. */
    public static Device cuda(int index) {
        return new Device(Type.CUDA, index);
    }

    /**
     * Reads {@code cpu}, {@code cuda} or {@code cuda:N}.
     *
     * @throws DeviceException if the text is none of these
     */
    public static Device parse(String text) {
        if (text.equals("cpu")) {
            return CPU;
        }
        if (text.equals("cuda")) {
            return cuda(0);
        }
        if (text.matches("cuda:\\d{1,3}")) {
            return cuda(Integer.parseInt(text.substring(5)));
        }
        throw new DeviceException("device: expected cpu, cuda or cuda:N, got '" + text + "'");
    }

    boolean isCuda() {
        return type == Type.CUDA;
    }

    /** libtorch's index: -1 stands for the only CPU. */
    int nativeIndex() {
        return type == Type.CPU ? -1 : index;
    }

    static Device ofNative(int type, int index) {
        return switch (type) {
            case 0 -> CPU;
            case 1 -> cuda(Math.max(index, 0));
            default -> throw new DeviceException("device: Jeton knows no device type with libtorch's number " + type);
        };
    }

    /** Returns {@code cpu} or {@code cuda:N}. */
    @Override
    public String toString() {
        return type == Type.CPU ? "cpu" : "cuda:" + index;
    }
}
