package dev.jeton.train;

import dev.jeton.nn.CheckpointException;
import dev.jeton.nn.Safetensors;
import dev.jeton.torch.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder {@code checkpoints}: one folder {@code step-00001000} a checkpoint, which appears in one step when all its
 * files have reached the disk, and so is never seen half written. {@code checkpoint.json} in it tells the size and
 * checksum of each of its files.
 */
final class Checkpoints {
    /** The weights: parameters and buffers by name. */
    static final String MODEL = "model.safetensors";

    /** What optimizers, averages and random generators remember. */
    static final String TRAINING = "training.safetensors";

    private static final Pattern NAME = Pattern.compile("step-(\\d{8,18})");

    private final Path folder;

    Checkpoints(Path folder) {
        this.folder = folder;
    }

    Path folderOf(long step) {
        return folder.resolve("step-%08d".formatted(step));
    }

    /** Returns the steps of all checkpoints, the newest last. */
    List<Long> steps() {
        List<Long> steps = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
                for (Path child : children) {
                    Matcher name = NAME.matcher(child.getFileName().toString());
                    if (name.matches()) {
                        steps.add(Long.parseLong(name.group(1)));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(folder + ": cannot be listed: " + e, e);
            }
        }
        steps.sort(null);
        return steps;
    }

    // ---- writing
    // -----------------------------------------------------------------------------------------------------

    /**
     * Writes a checkpoint.
     *
     * @throws CheckpointException if the disk is full or does not take it; the older checkpoints stay as they are
     */
    void save(RunState state, Map<String, Tensor> model, Map<String, Tensor> training) {
        Path target = folderOf(state.step());
        Path draft = DurableFiles.draftOf(target);
        try {
            try {
                Files.createDirectories(draft);
                Safetensors.write(draft.resolve(MODEL), model);
                Safetensors.write(draft.resolve(TRAINING), training);
                Map<String, Manifest.FileMark> files = new TreeMap<>();
                for (String name : Set.of(MODEL, TRAINING)) {
                    files.put(name, Manifest.FileMark.of(draft.resolve(name)));
                }
                Manifest.of(state, files).write(draft);
                DurableFiles.syncFolder(draft);
                if (Files.exists(target)) {
                    DurableFiles.deleteFolder(target);
                }
                DurableFiles.publish(draft, target);
            } finally {
                DurableFiles.deleteTree(draft);
            }
        } catch (IOException | UncheckedIOException e) {
            List<Long> older = steps();
            throw new CheckpointException(
                    target + ": the checkpoint cannot be written"
                            + (older.isEmpty() ? "" : "; that of step " + older.getLast() + " is whole") + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Deletes all but the newest ones and one that is to stay. */
    void prune(int kept, Optional<Long> spared) {
        List<Long> steps = steps();
        for (Long step : steps.subList(0, Math.max(0, steps.size() - kept))) {
            if (!spared.equals(Optional.of(step))) {
                delete(step);
            }
        }
    }

    /** Deletes those of later steps, which a run that goes back will write anew. */
    void deleteAfter(long step) {
        steps().stream().filter(other -> other > step).forEach(this::delete);
    }

    private void delete(long step) {
        try {
            DurableFiles.deleteFolder(folderOf(step));
        } catch (IOException e) {
            throw new UncheckedIOException(folderOf(step) + ": cannot be deleted: " + e, e);
        }
    }

    // ---- reading
    // -----------------------------------------------------------------------------------------------------

    /** Returns what a checkpoint lacks that was never written to the end or got lost, nothing if it is all there. */
    Optional<String> lack(long step) {
        return Manifest.lack(folderOf(step));
    }

    /**
     * Checks the sizes and checksums of a checkpoint's files.
     *
     * @return what it says beside its tensors
     * @throws CheckpointException if it lacks something or is damaged
     */
    RunState check(long step) {
        Path checkpoint = folderOf(step);
        if (!Files.isDirectory(checkpoint)) {
            throw new CheckpointException(folder + ": there is no checkpoint of step " + step + ", only of " + steps());
        }
        Optional<String> lack = lack(step);
        if (lack.isPresent()) {
            throw new CheckpointException(lack.get());
        }
        RunState state = Manifest.read(checkpoint).check(checkpoint);
        if (state.step() != step) {
            throw new CheckpointException(
                    checkpoint + ": is of step " + state.step() + " by its content: it was renamed or mixed up");
        }
        return state;
    }
}
