package dev.jeton.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recognises what SentencePiece's own models have in common: Unigram, and BPE that falls back on bytes. */
final class SentencePieceFast {
    private static final char SIGN = SentencePieceNormalizer.SPACE;

    private SentencePieceFast() {}

    /** The fast path of a pipeline, or null. */
    static @Nullable FastPath of(Pipeline pipeline, SentencePieceModel model) {
        boolean usual = pipeline.normalizer() instanceof SentencePieceNormalizer steps
                && steps.escapeWhitespaces()
                && !steps.whitespaceAsSuffix();
        FastEncoder encoder = !usual
                ? null
                : switch (model.inner()) {
                    case UnigramModel unigram -> unigram(model.proto().pieces(), unigram);
                    case BpeModel bpe -> CharacterFast.encoder(bpe, false);
                    default -> null;
                };
        return encoder == null || !(pipeline.normalizer() instanceof SentencePieceNormalizer steps)
                ? null
                : new FastPath(encoder, pipeline, new SentencePieceBytes(steps));
    }

    /** No piece may reach over a space, and the space alone must be known, lest what is unknown reaches over it. */
    private static @Nullable FastEncoder unigram(List<SentencePieceProto.Piece> pieces, UnigramModel model) {
        boolean single = false;
        for (SentencePieceProto.Piece piece : pieces) {
            boolean inText = piece.type() == SentencePieceProto.Type.NORMAL
                    || piece.type() == SentencePieceProto.Type.USER_DEFINED;
            if (inText && (piece.text().indexOf(SIGN, 1) > 0 || piece.text().indexOf(' ') >= 0)) {
                return null;
            }
            single |= inText && piece.text().equals(Character.toString(SIGN));
        }
        return single && UnigramFast.fits(model)
                ? new ScoredEncoder(new SpaceScanner(false), new UnigramWords(model))
                : null;
    }
}
