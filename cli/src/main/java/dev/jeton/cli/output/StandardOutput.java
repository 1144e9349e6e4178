package dev.jeton.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Standard output as text, in UTF-8, and as bytes for commands that print much. */
public final class StandardOutput extends PrintWriter {
    private final OutputStream bytes;

    /** Makes the writer of the process's standard output. */
    public StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    private StandardOutput(OutputStream bytes) {
        super(bytes, true, StandardCharsets.UTF_8);
        this.bytes = bytes;
    }

    /** The bytes that become a command's output: each write is UTF-8 of whole characters and goes out at once. */
    public static OutputStream bytes(PrintWriter out) {
        out.flush();
        return out instanceof StandardOutput standard ? standard.bytes : new Decoding(out);
    }

    /** For output that goes to a writer of the caller's. */
    private static final class Decoding extends OutputStream {
        private final PrintWriter out;

        Decoding(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(new String(bytes, from, length, StandardCharsets.UTF_8));
            out.flush();
            if (out.checkError()) {
                throw new IOException("the output was closed");
            }
        }
    }
}
