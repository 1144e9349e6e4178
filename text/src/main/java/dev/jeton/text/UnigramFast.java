package dev.jeton.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises Unigram behind a Metaspace: T5's, XLM-R's and ALBERT's {@code tokenizer.json}. */
final class UnigramFast {
    private static final String SIGN = Character.toString(SentencePieceNormalizer.SPACE);

    private UnigramFast() {}

    /** The fast path of a pipeline, or null. */
    static @Nullable FastPath of(Pipeline pipeline, UnigramModel model) {
        LocalRewrite.Words words = words(pipeline.preTokenizer());
        LocalRewrite rewrite = words == null || !fits(model) ? null : LocalRewrite.of(pipeline.normalizer(), words);
        ByteNormalizer normalizer = rewrite == null
                ? null
                : AddedTokenGuard.around(rewrite, pipeline, words == LocalRewrite.Words.AT_WHITE_SPACE);
        return normalizer == null
                ? null
                : new FastPath(new FastEncoder(new SpaceScanner(true), new UnigramWords(model)), pipeline, normalizer);
    }

    private static LocalRewrite.@Nullable Words words(@Nullable PreTokenizer preTokenizer) {
        if (preTokenizer instanceof PreTokenizer.Metaspace space && isPlain(space)) {
            return switch (space.prependScheme()) {
                case ALWAYS -> LocalRewrite.Words.AT_SPACES;
                case FIRST -> LocalRewrite.Words.AT_SPACES_FIRST;
                case NEVER -> LocalRewrite.Words.AT_SPACES_NO_PREFIX;
            };
        }
        return preTokenizer instanceof PreTokenizer.Sequence(List<PreTokenizer> steps)
                        && steps.size() == 2
                        && steps.get(0) instanceof PreTokenizer.WhitespaceSplit
                        && steps.get(1) instanceof PreTokenizer.Metaspace space
                        && isPlain(space)
                        && space.prependScheme() == PreTokenizer.PrependScheme.ALWAYS
                ? LocalRewrite.Words.AT_WHITE_SPACE
                : null;
    }

    private static boolean isPlain(PreTokenizer.Metaspace space) {
        return space.split() && space.replacement().equals(SIGN);
    }

    /** Whether what is unknown becomes one token or all of its bytes. */
    static boolean fits(UnigramModel model) {
        boolean fits = model.vocabulary().size() <= WordCache.MAX_ID && DoubleArray.fits(model.trie());
        for (int value = 0; value < 256; value++) {
            fits &= !model.byteFallback() || model.byteId(value) >= 0;
        }
        return fits;
    }
}
