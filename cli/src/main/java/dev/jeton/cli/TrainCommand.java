package dev.jeton.cli;

import picocli.CommandLine.Command;

/** {@code jeton train}: one sub-command a family of models. */
@Command(
        name = "train",
        description = "Train a model into a run folder.",
        subcommands = {TrainVqVaeCommand.class, TrainVaeCommand.class})
final class TrainCommand {}
