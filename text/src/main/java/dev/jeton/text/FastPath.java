package dev.jeton.text;

import java.text.Normalizer.Form;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The way from a text to its ids that makes no garbage, for pipelines that have one. */
final class FastPath {
    private final FastEncoder encoder;
    private final Model model;
    private final TextSegments segments;
    private final boolean needsNfc;
    private final int[] prefix;
    private final int[] suffix;

    FastPath(FastEncoder encoder, Pipeline pipeline, @Nullable ByteNormalizer normalizer) {
        this(encoder, pipeline, normalizer, false);
    }

    private FastPath(FastEncoder encoder, Pipeline pipeline, @Nullable ByteNormalizer normalizer, boolean needsNfc) {
        this.encoder = encoder;
        this.model = pipeline.model();
        this.segments = new TextSegments(pipeline.addedTokens(), encoder, normalizer);
        this.needsNfc = needsNfc;
        // what the post-processor puts around a text is seen on a text of one token that no vocabulary has
        int mark = -2;
        var row = new TokenRow(1);
        row.add(mark, "", 0, 0, 0, 0, 0);
        int[] around =
                PostProcessor.finish(pipeline.postProcessor(), row, null, true).ids();
        int at = 0;
        while (around[at] != mark) {
            at++;
        }
        prefix = Arrays.copyOf(around, at);
        suffix = Arrays.copyOfRange(around, at + 1, around.length);
    }

    /** The fast path of a pipeline, or null. */
    static @Nullable FastPath of(Pipeline pipeline) {
        return switch (pipeline.model()) {
            case BpeModel model -> {
                FastPath byBytes = byteLevel(pipeline, model);
                yield byBytes != null ? byBytes : CharacterFast.of(pipeline, model);
            }
            case WordPieceModel model -> BertFast.of(pipeline, model);
            case UnigramModel model -> UnigramFast.of(pipeline, model);
            case SentencePieceModel model -> SentencePieceFast.of(pipeline, model);
            default -> null;
        };
    }

    private static @Nullable FastPath byteLevel(Pipeline pipeline, BpeModel model) {
        boolean nfc = pipeline.normalizer() instanceof Normalizer.Unicode(Form form) && form == Form.NFC;
        if (pipeline.normalizer() != null && !nfc) {
            return null;
        }
        FastEncoder encoder = ByteLevelFast.of(model, pipeline.preTokenizer());
        return encoder == null ? null : new FastPath(encoder, pipeline, null, nfc);
    }

    Scratch borrow() {
        return encoder.borrow();
    }

    void giveBack(Scratch scratch) {
        encoder.giveBack(scratch);
    }

    /** Puts a text's ids into the scratch memory; false, with nothing of use there, for a text that needs the whole pipeline. */
    boolean encode(String text, EncodeOptions options, Scratch scratch) {
        if (needsNfc && !isNfc(text)) {
            return false;
        }
        scratch.ensureText(text.length() * 3);
        int end = scratch.utf8.write(text, scratch.text);
        encode(end, options, scratch);
        return !scratch.failed;
    }

    /** The same for bytes that are in the scratch memory already. */
    void encode(int end, EncodeOptions options, Scratch scratch) {
        addAll(scratch, options, prefix);
        segments.encode(scratch, end, options.parseSpecialTokens());
        addAll(scratch, options, suffix);
    }

    /** One text's tokens before the post-processor; null for a text that needs the whole pipeline. */
    @Nullable
    TokenRow row(String text, int sequence, boolean parseSpecials) {
        if (needsNfc && !isNfc(text)) {
            return null;
        }
        Scratch scratch = borrow();
        try {
            scratch.ensureText(text.length() * 3);
            int end = scratch.utf8.write(text, scratch.text);
            scratch.text[end] = 0; // no part of the last character
            var trace = new Trace(model, sequence, text.length() / 4 + 16);
            scratch.trace = trace;
            segments.encode(scratch, end, parseSpecials);
            return scratch.failed ? null : trace.row(scratch.text, end, text);
        } finally {
            giveBack(scratch);
        }
    }

    private static void addAll(Scratch scratch, EncodeOptions options, int[] ids) {
        if (options.addSpecialTokens()) {
            for (int id : ids) {
                scratch.add(id);
            }
        }
    }

    private static boolean isNfc(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x300) {
                return java.text.Normalizer.isNormalized(text, Form.NFC);
            }
        }
        return true;
    }
}
