package dev.jeton.text;

import java.util.List;

/** The parts that special tokens play. */
public enum SpecialToken {
    /** Begins a text. */
    BOS,
    /** Ends a text. */
    EOS,
    /** Stands for what the vocabulary does not know. */
    UNK,
    /** Parts two texts. */
    SEP,
    /** Fills up short texts. */
    PAD,
    /** Stands for the whole text. */
    CLS,
    /** Is to be guessed. */
    MASK;

    /** How it is usually written. */
    List<String> usual() {
        return switch (this) {
            case BOS -> List.of("<s>", "<|endoftext|>", "<|begin_of_text|>");
            case EOS -> List.of("</s>", "<|endoftext|>", "<|end_of_text|>");
            case UNK -> List.of("<unk>", "[UNK]");
            case SEP -> List.of("[SEP]");
            case PAD -> List.of("<pad>", "[PAD]");
            case CLS -> List.of("[CLS]");
            case MASK -> List.of("<mask>", "[MASK]");
        };
    }
}
