package dev.jeton.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a SentencePiece {@code .model} says: {@code sentencepiece_model.proto}, as far as encoding and decoding need it. */
record SentencePieceProto(List<Piece> pieces, Trainer trainer, Normalization normalization) {

    /** What kind of piece. */
    enum Type {
        NORMAL,
        UNKNOWN,
        CONTROL,
        USER_DEFINED,
        UNUSED,
        BYTE
    }

    /** What kind of model. */
    enum Kind {
        UNIGRAM,
        BPE,
        WORD,
        CHAR
    }

    record Piece(String text, float score, Type type) {}

    record Trainer(Kind kind, boolean whitespaceAsSuffix, boolean byteFallback, String unknownSurface) {}

    record Normalization(
            @Nullable CharsMap map,
            boolean addDummyPrefix,
            boolean removeExtraWhitespaces,
            boolean escapeWhitespaces) {}

    /** Whether the piece of this name is unknown or controls the model. */
    boolean isSpecial(String text) {
        return pieces.stream()
                .anyMatch(piece -> (piece.type() == Type.CONTROL || piece.type() == Type.UNKNOWN)
                        && piece.text().equals(text));
    }

    static SentencePieceProto read(String file, byte[] bytes) {
        var pieces = new ArrayList<Piece>();
        var trainer = new Trainer(Kind.UNIGRAM, false, false, " \u2047 ");
        var normalization = new Normalization(null, true, true, true);
        var reader = new ProtobufReader(file, bytes);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> pieces.add(piece(reader.message()));
                case 2 -> trainer = trainer(reader.message());
                case 3 -> normalization = normalization(reader.message());
                default -> reader.skip();
            }
        }
        if (pieces.isEmpty()) {
            throw reader.wrong("a SentencePiece model must have pieces");
        }
        return new SentencePieceProto(pieces, trainer, normalization);
    }

    private static Piece piece(ProtobufReader reader) {
        String text = "";
        float score = 0;
        Type type = Type.NORMAL;
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> text = reader.string();
                case 2 -> score = reader.floatingPoint();
                case 3 -> type = constant(reader, Type.values());
                default -> reader.skip();
            }
        }
        return new Piece(text, score, type);
    }

    private static <E> E constant(ProtobufReader reader, E[] constants) {
        long number = reader.number();
        if (number < 1 || number > constants.length) {
            throw reader.wrong("field " + reader.field() + " must lie in 1 to " + constants.length + ", got " + number);
        }
        return constants[(int) number - 1];
    }

    /** How the file writes a constant. */
    static <E> int number(E[] constants, E constant) {
        return List.of(constants).indexOf(constant) + 1;
    }

    private static Trainer trainer(ProtobufReader reader) {
        Kind kind = Kind.UNIGRAM;
        boolean suffix = false;
        boolean byteFallback = false;
        String unknownSurface = " \u2047 ";
        while (reader.next()) {
            switch (reader.field()) {
                case 3 -> kind = constant(reader, Kind.values());
                case 24 -> suffix = reader.number() != 0;
                case 35 -> byteFallback = reader.number() != 0;
                case 44 -> unknownSurface = reader.string();
                default -> reader.skip();
            }
        }
        return new Trainer(kind, suffix, byteFallback, unknownSurface);
    }

    private static Normalization normalization(ProtobufReader reader) {
        CharsMap map = null;
        boolean addDummyPrefix = true;
        boolean removeExtraWhitespaces = true;
        boolean escapeWhitespaces = true;
        while (reader.next()) {
            switch (reader.field()) {
                case 2 -> {
                    byte[] blob = reader.byteString();
                    map = blob.length == 0 ? null : CharsMap.of(blob);
                }
                case 3 -> addDummyPrefix = reader.number() != 0;
                case 4 -> removeExtraWhitespaces = reader.number() != 0;
                case 5 -> escapeWhitespaces = reader.number() != 0;
                default -> reader.skip();
            }
        }
        return new Normalization(map, addDummyPrefix, removeExtraWhitespaces, escapeWhitespaces);
    }
}
