package dev.jeton.cli.tokenizer;

import picocli.CommandLine.Command;

/** The tokenizer commands. */
@Command(
        name = "tokenizer",
        description = "Tokenizers: train, use, show, convert and compare them.",
        subcommands = {
            TrainCommand.class,
            EncodeCommand.class,
            DecodeCommand.class,
            CountCommand.class,
            ShowCommand.class,
            ConvertCommand.class,
            CompareCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  jeton tokenizer train corpus/ --out my-tokenizer",
            "  jeton tokenizer show my-tokenizer \"How is this cut?\""
        })
public final class TokenizerCommand {}
