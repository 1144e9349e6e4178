package dev.jeton.text;

/** What bytes a token stands for in the middle of a text. */
final class TokenBytes {
    private final Pipeline pipeline;
    private final boolean byteLevel;
    private final boolean byteFallback;

    TokenBytes(Pipeline pipeline) {
        this.pipeline = pipeline;
        byteLevel = has(pipeline.decoder(), Decoder.ByteLevel.class);
        byteFallback = has(pipeline.decoder(), Decoder.ByteFallback.class)
                || pipeline.decoder() instanceof SentencePieceDecoder;
    }

    static boolean has(@org.jspecify.annotations.Nullable Decoder decoder, Class<? extends Decoder> type) {
        return decoder instanceof Decoder.Sequence sequence
                ? sequence.decoders().stream().anyMatch(step -> has(step, type))
                : type.isInstance(decoder);
    }

    /** None for an id that no token has. */
    byte[] of(int id) {
        AddedToken added = pipeline.addedTokens().get(id);
        String token = pipeline.token(id);
        if (token == null) {
            return new byte[0];
        }
        if (added != null) {
            return Utf8.encode(token);
        }
        if (byteLevel) {
            return Decoder.ByteLevel.bytes(token);
        }
        int value = byteFallback ? Decoder.ByteFallback.byteOf(token) : -1;
        return value >= 0 ? new byte[] {(byte) value} : Utf8.encode(text(token));
    }

    private String text(String token) {
        return switch (pipeline.decoder()) {
            case Decoder.WordPiece piece
            when token.startsWith(piece.prefix()) ->
                token.substring(piece.prefix().length());
            case Decoder.BpeSuffix suffix when !suffix.suffix().isEmpty() -> token.replace(suffix.suffix(), " ");
            case Decoder.WordPiece piece -> token;
            case null -> token;
            default -> token.replace((char) SentencePieceNormalizer.SPACE, ' ');
        };
    }
}
