package dev.jeton.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files that are either whole or not there, whenever the process or the machine stops. */
final class DurableFiles {
    /** What a name begins with while its file or folder is being made or unmade. */
    private static final String DRAFT = ".draft-";

    private DurableFiles() {}

    /** Returns a name beside {@code target}, under which it can be made. */
    static Path draftOf(Path target) {
        return target.toAbsolutePath().resolveSibling(DRAFT + target.getFileName() + "-" + UUID.randomUUID());
    }

    /** Writes a file that takes the place of an older one in one step. */
    static void write(Path target, byte[] content) throws IOException {
        Path draft = draftOf(target);
        try {
            try (FileChannel channel =
                    FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            publish(draft, target);
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    /** Copies a file, which takes the place of an older one in one step. */
    static void copy(Path source, Path target) throws IOException {
        Path draft = draftOf(target);
        try {
            Files.copy(source, draft);
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            publish(draft, target);
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    /** Gives a finished draft, whose content has reached the disk, its name. */
    static void publish(Path draft, Path target) throws IOException {
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            syncFolder(folder);
        }
    }

    /** Makes the names in a folder reach the disk, where the system can be asked for that. */
    static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Deletes a folder so that it is never seen half deleted under its name. */
    static void deleteFolder(Path folder) throws IOException {
        Path draft = draftOf(folder);
        Files.move(folder, draft, StandardCopyOption.ATOMIC_MOVE);
        deleteTree(draft);
    }

    /** Deletes what runs that were killed left in a folder. */
    static void deleteDrafts(Path folder) throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, DRAFT + "*")) {
            for (Path draft : drafts) {
                deleteTree(draft);
            }
        }
    }

    /** Deletes a file or a folder and all in it; links are deleted, not followed. */
    static void deleteTree(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    deleteTree(child);
                }
            } catch (NoSuchFileException e) {
                return; // somebody else was faster
            }
        }
        Files.deleteIfExists(path);
    }
}
