package dev.jeton.text;

import org.jspecify.annotations.Nullable;

/** The steps from text to tokens and back, as a {@code tokenizer.json} names them. */
record Pipeline(
        AddedTokens addedTokens,
        @Nullable Normalizer normalizer,
        @Nullable PreTokenizer preTokenizer,
        Model model,
        @Nullable PostProcessor postProcessor,
        @Nullable Decoder decoder) {

    /** One text's tokens before the post-processor. */
    TokenRow row(String text, int sequence, boolean parseSpecials) {
        var row = new TokenRow(text.length() / 3 + 4);
        var words = new Words(row, sequence);
        for (AddedTokens.Part part : addedTokens.cutRaw(AlignedText.of(text), parseSpecials)) {
            if (part.id() >= 0) {
                words.added(part);
                continue;
            }
            AlignedText normal = normalizer == null ? part.text() : normalizer.normalize(part.text());
            for (AddedTokens.Part inner : addedTokens.cutNormalized(normal, parseSpecials)) {
                if (inner.id() >= 0) {
                    words.added(inner);
                } else {
                    words.text(inner.text());
                }
            }
        }
        return row;
    }

    /** How a token is written, or null if there is none of this id. */
    @Nullable
    String token(int id) {
        AddedToken added = addedTokens.get(id);
        return added != null ? added.content() : model.vocabulary().token(id);
    }

    /** Whether a token of this name controls the model and is no part of a text. */
    boolean isSpecial(String token) {
        boolean added = addedTokens.byId().values().stream()
                .anyMatch(one -> one.special() && one.content().equals(token));
        return added || (model instanceof SentencePieceModel own && own.proto().isSpecial(token));
    }

    /** Numbers the words and puts their tokens into a row. */
    private final class Words implements Model.Sink {
        private final TokenRow row;
        private final int sequence;
        private int word;
        private AlignedText current = AlignedText.empty(0);

        Words(TokenRow row, int sequence) {
            this.row = row;
            this.sequence = sequence;
        }

        void added(AddedTokens.Part part) {
            AlignedText text = part.text();
            row.add(part.id(), text.toString(), sequence, text.start(0), text.end(text.size() - 1), word++, sequence);
        }

        void text(AlignedText text) {
            if (preTokenizer == null) {
                word(text);
            } else {
                preTokenizer.split(text).forEach(this::word);
            }
        }

        private void word(AlignedText text) {
            if (!text.isEmpty()) {
                current = text;
                model.tokenize(text, this);
                word++;
            }
        }

        @Override
        public void token(int id, int from, int to, @Nullable String surface) {
            String token = surface != null ? surface : model.vocabulary().token(id);
            int start = current.start(from);
            int end = to > from ? current.end(to - 1) : start;
            row.add(id, java.util.Objects.requireNonNull(token), sequence, start, end, word, sequence);
        }
    }
}
