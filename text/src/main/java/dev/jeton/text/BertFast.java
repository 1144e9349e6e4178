package dev.jeton.text;

import org.jspecify.annotations.Nullable;

/** Recognises BERT's pipeline. */
final class BertFast {
    private BertFast() {}

    /** The fast path of a pipeline, or null. */
    static @Nullable FastPath of(Pipeline pipeline, WordPieceModel model) {
        if (!(pipeline.preTokenizer() instanceof PreTokenizer.Bert)
                || model.vocabulary().size() > WordCache.MAX_ID) {
            return null;
        }
        var encoder = new FastEncoder(new BertScanner(), new WordPieceWords(model));
        if (pipeline.normalizer() == null) {
            return new FastPath(encoder, pipeline, null);
        }
        if (!(pipeline.normalizer() instanceof Normalizer.Bert steps)) {
            return null;
        }
        var rewrite = CharacterRewrite.of(point -> rewritten(steps, point));
        return rewrite == null ? null : new FastPath(encoder, pipeline, rewrite);
    }

    /** What a character becomes, or null for marks that stay: in the decomposed text their order hangs on their neighbours. */
    private static @Nullable String rewritten(Normalizer.Bert steps, int point) {
        AlignedText result = steps.normalize(AlignedText.of(Character.toString(point)));
        for (int i = 0; i < result.size() && steps.stripsAccents(); i++) {
            if (CodePoints.isMark(result.point(i))) {
                return null;
            }
        }
        return result.toString();
    }
}
