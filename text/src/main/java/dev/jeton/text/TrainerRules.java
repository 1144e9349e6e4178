package dev.jeton.text;

import java.util.List;

/** What all trainers ask of their options. */
final class TrainerRules {
    private TrainerRules() {}

    /** Returns a copy of the special tokens. */
    static List<String> check(int vocabularySize, int minFrequency, List<String> specialTokens, String unknown) {
        if (vocabularySize < 1 || vocabularySize >= Vocabulary.MAX_SIZE || minFrequency < 0) {
            throw new IllegalArgumentException("training: the vocabulary size must lie in 1 to "
                    + (Vocabulary.MAX_SIZE - 1) + " and the least frequency not be negative, got " + vocabularySize
                    + " and " + minFrequency);
        }
        if (!specialTokens.contains(unknown)) {
            throw new IllegalArgumentException(
                    "training: the special tokens must hold " + unknown + ", got " + specialTokens);
        }
        return List.copyOf(specialTokens);
    }
}
