package dev.jeton.text;

import org.jspecify.annotations.Nullable;

/**
 * Leaves to the pipeline what holds an added token that is looked for in the normalised text: there the text is cut, and what is
 * behind the cut begins a text of its own, with a space before it.
 *
 * <p>LLaMA's files have such tokens, XLM-R's a mask; hardly a text does.
 */
final class AddedTokenGuard implements ByteNormalizer {
    private final ByteNormalizer normalizer;
    private final PieceTrie tokens;

    private AddedTokenGuard(ByteNormalizer normalizer, PieceTrie tokens) {
        this.normalizer = normalizer;
        this.tokens = tokens;
    }

    /**
     * A normaliser with a guard if it needs one; null if a token could not be found again in what the normaliser writes.
     *
     * @param normalizer writes a space for the visible one
     * @param movesSpaces whether it may drop and add spaces within the text
     */
    static @Nullable ByteNormalizer around(ByteNormalizer normalizer, Pipeline pipeline, boolean movesSpaces) {
        var tokens = new PieceTrie();
        for (var entry : pipeline.addedTokens().byId().entrySet()) {
            AddedToken token = entry.getValue();
            if (!token.normalized()) {
                continue;
            }
            Normalizer steps = pipeline.normalizer();
            String content = steps == null
                    ? token.content()
                    : steps.normalize(AlignedText.of(token.content())).toString();
            String spaced = content.replace((char) SentencePieceNormalizer.SPACE, ' ');
            if (movesSpaces && spaced.codePoints().anyMatch(CodePoints::isWhiteSpace)) {
                return null;
            }
            if (!spaced.isEmpty()) {
                tokens.add(spaced, 0, entry.getKey());
            }
        }
        return tokens.isEmpty() ? normalizer : new AddedTokenGuard(normalizer, tokens);
    }

    @Override
    public int normalize(byte[] text, int from, int to, Scratch scratch) {
        int end = normalizer.normalize(text, from, to, scratch);
        byte[] normal = scratch.normal;
        for (int at = tokens.nextStart(normal, 0, end); at < end; at = tokens.nextStart(normal, at + 1, end)) {
            scratch.failed |= tokens.longest(normal, at, end) >= 0;
        }
        return end;
    }
}
