package dev.jeton.models.vq;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A picture as two grids of codes. Its file is NumPy's for several arrays: {@code numpy.load} of an {@code .npz} gives
 * {@code top} and {@code bottom}.
 *
 * @param top the coarse one
 * @param bottom the fine one, of twice its height and width
 */
public record TwoLevelCodes(Codes top, Codes bottom) {
    private static final String TOP = "top.npy";
    private static final String BOTTOM = "bottom.npy";

    /** Checks that the sizes go together. */
    public TwoLevelCodes {
        if (bottom.height() != 2 * top.height() || bottom.width() != 2 * top.width()) {
            throw new IllegalArgumentException("TwoLevelCodes: the bottom must have twice the top's height and width: "
                    + bottom.height() + " × " + bottom.width() + ", " + top.height() + " × " + top.width());
        }
    }

    /** Writes a file of NumPy's for several arrays. */
    public void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(entry(TOP));
            top.write(zip);
            zip.putNextEntry(entry(BOTTOM));
            bottom.write(zip);
        }
    }

    /** An entry whose bytes do not depend on the time. */
    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        return entry;
    }

    /**
     * Reads a file of NumPy's with the arrays {@code top} and {@code bottom}.
     *
     * @throws IOException if it is none, or holds what are no codes
     */
    public static TwoLevelCodes read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new TwoLevelCodes(read(zip, TOP, file), read(zip, BOTTOM, file));
        } catch (ZipException | IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Codes read(ZipFile zip, String name, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(file + ": there is no '" + name + "' in it");
        }
        try (var in = new BufferedInputStream(zip.getInputStream(entry))) {
            return Codes.read(in, file + "/" + name);
        }
    }
}
