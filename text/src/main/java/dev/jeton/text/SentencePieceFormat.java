package dev.jeton.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a tokenizer of a SentencePiece {@code .model}. */
final class SentencePieceFormat {
    private SentencePieceFormat() {}

    static Tokenizer read(String file, byte[] bytes) {
        SentencePieceProto proto = SentencePieceProto.read(file, bytes);
        List<SentencePieceProto.Piece> pieces = proto.pieces();
        var vocabulary = new StringVocabulary(pieces.size());
        var symbols = new PieceTrie();
        Set<String> controls = new HashSet<>();
        int unknownId = -1;
        for (int id = 0; id < pieces.size(); id++) {
            SentencePieceProto.Piece piece = pieces.get(id);
            if (vocabulary.id(piece.text()) >= 0 || piece.text().isEmpty()) {
                throw new TokenizerException("%s, piece %d: every piece must be there once and not be empty, got \"%s\""
                        .formatted(file, id, piece.text()));
            }
            vocabulary.add(piece.text(), id);
            switch (piece.type()) {
                case UNKNOWN -> unknownId = id;
                case CONTROL -> controls.add(piece.text());
                case USER_DEFINED -> symbols.add(piece.text(), 0, id);
                case NORMAL, UNUSED, BYTE -> {}
            }
        }
        if (unknownId < 0) {
            throw new TokenizerException(file + ": a SentencePiece model must have an unknown piece");
        }
        var model = new SentencePieceModel(model(proto, vocabulary, symbols, unknownId), unknownId, proto);
        SentencePieceProto.Normalization normalization = proto.normalization();
        var normalizer = new SentencePieceNormalizer(
                normalization.map(),
                normalization.addDummyPrefix(),
                normalization.removeExtraWhitespaces(),
                normalization.escapeWhitespaces(),
                proto.trainer().whitespaceAsSuffix(),
                symbols);
        var decoder = new SentencePieceDecoder(
                pieces.get(unknownId).text(),
                proto.trainer().unknownSurface(),
                controls,
                normalization.addDummyPrefix() || normalization.removeExtraWhitespaces(),
                normalization.removeExtraWhitespaces());
        var pipeline = new Pipeline(new AddedTokens(Map.of(), null), normalizer, null, model, null, decoder);
        return new Tokenizer(pipeline, EncodeOptions.defaults());
    }

    private static Model model(SentencePieceProto proto, Vocabulary vocabulary, PieceTrie symbols, int unknownId) {
        return switch (proto.trainer().kind()) {
            case UNIGRAM -> new UnigramModel(vocabulary, UnigramModel.Scores.of(proto), unknownId);
            case BPE -> {
                var options = new BpeModel.Options(
                        proto.pieces().get(unknownId).text(),
                        null,
                        null,
                        true,
                        proto.trainer().byteFallback(),
                        false);
                yield new BpeModel(vocabulary, merges(proto, vocabulary), options, symbols);
            }
            case WORD, CHAR ->
                new PieceListModel(
                        vocabulary,
                        symbols,
                        proto.trainer().kind() == SentencePieceProto.Kind.WORD,
                        proto.trainer().whitespaceAsSuffix(),
                        unknownId);
        };
    }

    /** Two pieces merge where their concatenation is a piece; the piece of the highest score first. */
    private static MergeTable merges(SentencePieceProto proto, Vocabulary vocabulary) {
        List<SentencePieceProto.Piece> pieces = proto.pieces();
        var order = new ArrayList<Integer>();
        for (int id = 0; id < pieces.size(); id++) {
            if (pieces.get(id).type() == SentencePieceProto.Type.NORMAL) {
                order.add(id);
            }
        }
        order.sort(Comparator.comparingDouble(id -> -pieces.get(id).score()));
        var table = new MergeTable(pieces.size() * 2);
        for (int id : order) {
            String text = pieces.get(id).text();
            for (int cut = 1; cut < text.length(); cut++) {
                int left = vocabulary.id(text.substring(0, cut));
                int right = vocabulary.id(text.substring(cut));
                if (left >= 0 && right >= 0 && isNormal(pieces, left) && isNormal(pieces, right)) {
                    table.add(left, right, id);
                }
            }
        }
        return table;
    }

    private static boolean isNormal(List<SentencePieceProto.Piece> pieces, int id) {
        return pieces.get(id).type() == SentencePieceProto.Type.NORMAL;
    }
}
