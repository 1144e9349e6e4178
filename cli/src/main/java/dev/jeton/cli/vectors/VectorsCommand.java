package dev.jeton.cli.vectors;

import picocli.CommandLine.Command;

/** {@code jeton vectors}: the word-vector commands. */
@Command(
        name = "vectors",
        description = "Word vectors: train, search, evaluate, draw and convert them.",
        subcommands = {
            TrainCommand.class,
            NearestCommand.class,
            AnalogyCommand.class,
            EvalCommand.class,
            MapCommand.class,
            ConvertCommand.class,
            PhrasesCommand.class
        })
public final class VectorsCommand {
    static final String FILE = "A file of vectors: word2vec text or binary, fastText or safetensors.";
}
