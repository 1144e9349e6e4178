package dev.jeton.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a SentencePiece pipeline one that a {@code tokenizer.json} can hold: the way LLaMA's and Mistral's are written there,
 * and with a character map the way T5's is.
 *
 * <p>A character map works by the longest match in the one, by grapheme or character in the other: texts with rare sequences of
 * marks may get other ids. What would give others for ordinary texts is refused.
 */
final class SentencePieceConversion {
    private static final String SPACE = "\u2581";

    private SentencePieceConversion() {}

    static Pipeline convert(SentencePieceModel model) {
        SentencePieceProto proto = model.proto();
        SentencePieceProto.Normalization normalization = proto.normalization();
        boolean usual = normalization.escapeWhitespaces()
                && normalization.addDummyPrefix()
                && !proto.trainer().whitespaceAsSuffix();
        if (!usual) {
            throw refused("a normaliser that puts no visible space before the text");
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
        boolean plain = normalization.map() == null && !normalization.removeExtraWhitespaces();
        Normalizer normalizer = plain
                ? new Normalizer.Sequence(List.of(
                        new Normalizer.Prepend(SPACE), new Normalizer.Replace(SplitPattern.literal(" "), SPACE)))
                : normalizer(normalization);
        @Nullable
        PreTokenizer marks = plain ? null : new PreTokenizer.Metaspace(SPACE, PreTokenizer.PrependScheme.ALWAYS, false);
        Decoder decoder = new Decoder.Sequence(List.of(
                new Decoder.Replace(SplitPattern.literal(SPACE), " "),
                new Decoder.ByteFallback(),
                new Decoder.Fuse(),
                new Decoder.Strip(' ', 1, 0)));
        return new Pipeline(new AddedTokens(added, normalizer), normalizer, marks, model(model), null, decoder);
    }

    private static Normalizer normalizer(SentencePieceProto.Normalization normalization) {
        var steps = new ArrayList<Normalizer>();
        if (normalization.map() != null) {
            steps.add(new Normalizer.Precompiled(normalization.map()));
        }
        if (normalization.removeExtraWhitespaces()) {
            steps.add(new Normalizer.Strip(true, true));
            steps.add(new Normalizer.Replace(SplitPattern.regex(" {2,}"), " "));
        }
        return new Normalizer.Sequence(steps);
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
