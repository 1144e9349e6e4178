package dev.jeton.text;

import dev.jeton.text.SentencePieceProto.Kind;
import dev.jeton.text.SentencePieceProto.Normalization;
import dev.jeton.text.SentencePieceProto.Piece;
import dev.jeton.text.SentencePieceProto.Trainer;
import java.nio.file.Path;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a SentencePiece {@code .model}: what was read from one, and Unigram and BPE pipelines whose words begin with
 * {@code U+2581}.
 *
 * <p>SentencePiece puts the sign before every text, the Hugging Face libraries' Metaspace only before one that does not begin
 * with a space: of such texts SentencePiece makes one piece more.
 */
final class SentencePieceWriter {
    private static final String SPACE = "\u2581";

    private final Pipeline pipeline;
    private final Path file;

    private SentencePieceWriter(Pipeline pipeline, Path file) {
        this.pipeline = pipeline;
        this.file = file;
    }

    static void write(Tokenizer tokenizer, Path file) {
        WholeFile.write(file, bytes(new SentencePieceWriter(tokenizer.pipeline(), file).proto(), tokenizer));
    }

    private SentencePieceProto proto() {
        return switch (pipeline.model()) {
            case SentencePieceModel model -> model.proto();
            case UnigramModel model -> unigram(model);
            case BpeModel model -> bpe(model);
            case WordPieceModel model -> throw refused("cannot hold word pieces");
            case WordLevelModel model -> throw refused("cannot hold whole words without their spaces");
            case PieceListModel model -> throw refused("must know where its word or character model came from");
        };
    }

    private TokenizerException refused(String rule) {
        return VocabularyWriter.refused(file, "a SentencePiece model " + rule);
    }

    private SentencePieceProto unigram(UnigramModel model) {
        var pieces = new ArrayList<Piece>();
        for (int id = 0; id < model.vocabulary().size(); id++) {
            pieces.add(piece(model.vocabulary(), id, model.unknownId(), model.byteFallback(), (float) model.score(id)));
        }
        return new SentencePieceProto(pieces, trainer(Kind.UNIGRAM, model.byteFallback()), normalization());
    }

    private SentencePieceProto bpe(BpeModel model) {
        if (pipeline.decoder() instanceof Decoder.ByteLevel) {
            throw refused("cannot hold byte-level BPE");
        }
        Vocabulary vocabulary = model.vocabulary();
        int[] ranks = new int[vocabulary.size()];
        java.util.Arrays.fill(ranks, -1);
        checkMerges(model, ranks);
        var pieces = new ArrayList<Piece>();
        int unmerged = model.merges().size();
        for (int id = 0; id < vocabulary.size(); id++) {
            float score = ranks[id] >= 0 ? -ranks[id] : -unmerged++;
            Piece piece =
                    piece(vocabulary, id, model.unknownId(), model.options().byteFallback(), score);
            if (piece.type() == SentencePieceProto.Type.NORMAL
                    && ranks[id] < 0
                    && piece.text().codePointCount(0, piece.text().length()) > 1) {
                throw refused("would merge \"" + piece.text() + "\", which this tokenizer never makes");
            }
            pieces.add(piece);
        }
        return new SentencePieceProto(pieces, trainer(Kind.BPE, model.options().byteFallback()), normalization());
    }

    /**
     * SentencePiece merges whatever two pieces make a piece. That is the same as merging by the list if each token is made by
     * one merge, and that merge is the one which its characters come to by the merges before it.
     */
    private void checkMerges(BpeModel model, int[] ranks) {
        var before = new MergeTable(model.merges().size());
        var merger = new Merger();
        for (int rank = 0; rank < model.merges().size(); rank++) {
            int left = model.merges().left(rank);
            int right = model.merges().right(rank);
            int result = model.merges().result(rank);
            merger.clear();
            Objects.requireNonNull(model.vocabulary().token(result))
                    .codePoints()
                    .forEach(point -> merger.add(model.symbol(point)));
            merger.merge(before);
            int end = merger.span(0);
            boolean same = end < merger.size()
                    && end + merger.span(end) == merger.size()
                    && merger.token(0) == left
                    && merger.token(end) == right;
            if (!same || ranks[result] >= 0) {
                throw refused("would merge \"" + model.vocabulary().token(result) + "\" from other parts");
            }
            before.add(left, right, result);
            ranks[result] = rank;
        }
    }

    private Piece piece(Vocabulary vocabulary, int id, int unknownId, boolean byteFallback, float score) {
        String token = vocabulary.token(id);
        if (token == null || token.isEmpty()) {
            throw refused("must have a piece for every id, and there is none for " + id);
        }
        AddedToken added = pipeline.addedTokens().get(id);
        SentencePieceProto.Type type = SentencePieceProto.Type.NORMAL;
        if (id == unknownId) {
            type = SentencePieceProto.Type.UNKNOWN;
        } else if (added != null) {
            type = added.special() ? SentencePieceProto.Type.CONTROL : SentencePieceProto.Type.USER_DEFINED;
        } else if (byteFallback && Decoder.ByteFallback.byteOf(token) >= 0) {
            type = SentencePieceProto.Type.BYTE;
        }
        return new Piece(token, type == SentencePieceProto.Type.NORMAL ? score : 0, type);
    }

    private Trainer trainer(Kind kind, boolean byteFallback) {
        int last = pipeline.model().vocabulary().size() - 1;
        for (int id : pipeline.addedTokens().byId().keySet()) {
            if (id > last) {
                throw refused("must have the added tokens among its pieces, and id " + id + " is not");
            }
        }
        return new Trainer(kind, false, byteFallback, " \u2047 ");
    }

    private Normalization normalization() {
        boolean dummyPrefix = switch (pipeline.preTokenizer()) {
            case PreTokenizer.Metaspace metaspace
            when metaspace.replacement().equals(SPACE) -> metaspace.prependScheme() != PreTokenizer.PrependScheme.NEVER;
            case null, default -> throw refused("must have words that begin with U+2581 (Metaspace)");
        };
        return new Normalization(map(pipeline.normalizer()), dummyPrefix, false, true);
    }

    private @Nullable CharsMap map(@Nullable Normalizer normalizer) {
        return switch (normalizer) {
            case null -> null;
            case Normalizer.Precompiled precompiled -> precompiled.map();
            case Normalizer.Unicode(Form form) -> CharsMapBuilder.of(form);
            case Normalizer other -> throw refused("cannot hold the normaliser " + other);
        };
    }

    private static byte[] bytes(SentencePieceProto proto, Tokenizer tokenizer) {
        var out = new ProtobufWriter();
        for (Piece piece : proto.pieces()) {
            var message = new ProtobufWriter().string(1, piece.text()).floatingPoint(2, piece.score());
            if (piece.type() != SentencePieceProto.Type.NORMAL) {
                message.number(3, SentencePieceProto.number(SentencePieceProto.Type.values(), piece.type()));
            }
            out.message(1, message);
        }
        Trainer trainer = proto.trainer();
        var trained = new ProtobufWriter()
                .number(3, SentencePieceProto.number(Kind.values(), trainer.kind()))
                .number(4, proto.pieces().size())
                .flag(24, trainer.whitespaceAsSuffix())
                .flag(35, trainer.byteFallback());
        List<SpecialToken> named = List.of(SpecialToken.UNK, SpecialToken.BOS, SpecialToken.EOS, SpecialToken.PAD);
        for (int i = 0; i < named.size(); i++) {
            int id = id(proto, tokenizer, named.get(i));
            trained.number(40 + i, id);
            if (id >= 0) {
                trained.string(45 + i, proto.pieces().get(id).text());
            }
        }
        out.message(2, trained.string(44, trainer.unknownSurface()));
        Normalization normalization = proto.normalization();
        out.message(
                3,
                new ProtobufWriter()
                        .string(1, normalization.map() == null ? "identity" : "user_defined")
                        .bytes(
                                2,
                                normalization.map() == null
                                        ? new byte[0]
                                        : normalization.map().blob())
                        .flag(3, normalization.addDummyPrefix())
                        .flag(4, normalization.removeExtraWhitespaces())
                        .flag(5, normalization.escapeWhitespaces()));
        return out.toBytes();
    }

    private static int id(SentencePieceProto proto, Tokenizer tokenizer, SpecialToken which) {
        SentencePieceProto.Type type =
                which == SpecialToken.UNK ? SentencePieceProto.Type.UNKNOWN : SentencePieceProto.Type.CONTROL;
        String token = tokenizer.specialToken(which).orElse("");
        for (int id = 0; id < proto.pieces().size(); id++) {
            Piece piece = proto.pieces().get(id);
            if (piece.type() == type
                    && (type == SentencePieceProto.Type.UNKNOWN || piece.text().equals(token))) {
                return id;
            }
        }
        return -1;
    }
}
