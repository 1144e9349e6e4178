package dev.jeton.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
    @TempDir
    Path folder;

    @Test
    void replacesAFileAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("a.json");
        DurableFiles.write(file, new byte[] {1});
        DurableFiles.write(file, new byte[] {2, 3});
        assertThat(file).hasBinaryContent(new byte[] {2, 3});
        assertThat(folder).isDirectoryContaining(path -> path.equals(file)).isDirectoryNotContaining("glob:**.draft-*");
    }

    @Test
    void leavesTheOldFileWhereWritingFails() throws IOException {
        Path target =
                Files.createDirectories(folder.resolve("taken/by/a/folder")).getParent();
        assertThatThrownBy(() -> DurableFiles.write(target, new byte[] {1})).isInstanceOf(IOException.class);
        assertThat(target.resolve("folder")).isDirectory();
        assertThat(target.getParent()).isDirectoryNotContaining("glob:**.draft-*");
    }

    @Test
    void clearsAwayWhatAKillLeft() throws IOException {
        Path draft = Files.createDirectories(DurableFiles.draftOf(folder.resolve("step-7")));
        Files.write(draft.resolve("half"), new byte[100]);
        Path other = Files.createFile(folder.resolve("other"));
        DurableFiles.deleteDrafts(folder);
        assertThat(folder)
                .isDirectoryContaining(path -> path.equals(other))
                .isDirectoryNotContaining("glob:**.draft-*");
    }
}
