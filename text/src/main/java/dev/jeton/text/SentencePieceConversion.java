package dev.jeton.text;

import java.util.HashMap;
import java.util.List;

/**
 * Makes of a SentencePiece pipeline one that a {@code tokenizer.json} can hold: the way LLaMA's and Mistral's are written there.
 *
 * <p>Only what gives the same ids for every text is converted. Character maps and the removal of spaces work by characters
 * in the one and by graphemes and expressions in the other, so models that have them are refused.
 */
final class SentencePieceConversion {
    private static final String SPACE = "\u2581";

    private SentencePieceConversion() {}

    static Pipeline convert(SentencePieceModel model) {
        SentencePieceProto proto = model.proto();
        SentencePieceProto.Normalization normalization = proto.normalization();
        boolean same = normalization.map() == null
                && normalization.escapeWhitespaces()
                && normalization.addDummyPrefix()
                && !normalization.removeExtraWhitespaces()
                && !proto.trainer().whitespaceAsSuffix();
        if (!same) {
            throw refused("a normaliser other than a space put before the text");
        }
        var added = new HashMap<Integer, AddedToken>();
        for (int id = 0; id < proto.pieces().size(); id++) {
            SentencePieceProto.Piece piece = proto.pieces().get(id);
            switch (piece.type()) {
                case CONTROL, UNKNOWN -> added.put(id, AddedToken.special(piece.text()));
                case USER_DEFINED -> throw refused("symbols of the user's, such as \"" + piece.text() + "\"");
                case NORMAL, UNUSED, BYTE -> {}
            }
        }
        Normalizer normalizer = new Normalizer.Sequence(
                List.of(new Normalizer.Prepend(SPACE), new Normalizer.Replace(SplitPattern.literal(" "), SPACE)));
        Decoder decoder = new Decoder.Sequence(List.of(
                new Decoder.Replace(SplitPattern.literal(SPACE), " "),
                new Decoder.ByteFallback(),
                new Decoder.Fuse(),
                new Decoder.Strip(' ', 1, 0)));
        return new Pipeline(new AddedTokens(added, normalizer), normalizer, null, model(model), null, decoder);
    }

    private static Model model(SentencePieceModel model) {
        return switch (model.inner()) {
            case BpeModel bpe -> bpe;
            case UnigramModel unigram -> {
                List<SentencePieceProto.Piece> pieces = model.proto().pieces();
                double[] scores = pieces.stream()
                        .mapToDouble(SentencePieceProto.Piece::score)
                        .toArray();
                var rules = UnigramModel.Scores.of(scores, unigram.byteFallback());
                yield new UnigramModel(unigram.vocabulary(), rules, unigram.unknownId());
            }
            case Model other -> throw refused("a word or character model");
        };
    }

    private static TokenizerException refused(String what) {
        return new TokenizerException("tokenizer.json: cannot hold " + what
                + " so that every text gets SentencePiece's ids; save it as a .model");
    }
}
