package dev.jeton.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Text to token ids and back. Immutable, and safe for any number of threads.
 *
 * {@snippet :
 * var tokenizer = Tokenizer.load(Path.of("tokenizer.json"));
 * int[] ids = tokenizer.encode("Jeton is French for token.").ids();
 * String text = tokenizer.decode(ids);
 * }
 */
public final class Tokenizer {
    private static final int[] NO_IDS = {};

    private final Pipeline pipeline;
    private final EncodeOptions options;
    /** Made when something is first encoded: its tables take as long as reading the file. */
    private final Once<Optional<FastPath>> fast;

    private final TokenizerConfig config;

    /** Made when something is first decoded. */
    private volatile @Nullable TokenTexts texts;

    Tokenizer(Pipeline pipeline, EncodeOptions options) {
        this(pipeline, options, new Once<>(() -> Optional.ofNullable(FastPath.of(pipeline))), TokenizerConfig.none());
    }

    private Tokenizer(Pipeline pipeline, EncodeOptions options, Once<Optional<FastPath>> fast, TokenizerConfig config) {
        this.pipeline = pipeline;
        this.options = options;
        this.fast = fast;
        this.config = config;
    }

    Tokenizer withConfig(TokenizerConfig other) {
        return new Tokenizer(pipeline, options, fast, other);
    }

    /** The same, which takes every text through the pipeline. */
    Tokenizer withoutFastPath() {
        return new Tokenizer(pipeline, options, new Once<>(Optional::empty), config);
    }

    TokenizerConfig config() {
        return config;
    }

    /**
     * Loads a tokenizer from a file of any known format, or from a folder that holds one.
     *
     * @throws TokenizerException if it is no tokenizer; the message names the file, the place and the rule
     */
    public static Tokenizer load(Path path) {
        return TokenizerFiles.load(path);
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** The options that the file sets, truncation and padding among them; {@link #encode(String)} follows them. */
    public EncodeOptions options() {
        return options;
    }

    /** Encodes a text by the tokenizer's own options. */
    public Encoding encode(String text) {
        return encode(text, options);
    }

    /** Encodes a text. */
    public Encoding encode(String text, EncodeOptions with) {
        if (with.isPlain()) {
            int[] ids = fastIds(text, with);
            if (ids != null) {
                return new Encoding(ids, () -> truncated(text, null, with).getFirst());
            }
        }
        return padded(List.of(truncated(text, null, with)), with).getFirst();
    }

    /** Encodes a pair of texts, such as a question and a passage. */
    public Encoding encode(String text, String pair, EncodeOptions with) {
        return padded(List.of(truncated(text, pair, with)), with).getFirst();
    }

    private int @Nullable [] fastIds(String text, EncodeOptions with) {
        FastPath fast = fast();
        if (fast == null) {
            return null;
        }
        Scratch scratch = fast.borrow();
        boolean done = fast.encode(text, with, scratch);
        int[] ids = done ? Arrays.copyOf(scratch.ids, scratch.size) : null;
        fast.giveBack(scratch);
        return ids;
    }

    /**
     * Encodes a text into the caller's array without making garbage, by the tokenizer's own options less truncation and padding.
     *
     * @return how many ids the text has; if that is more than the array holds, only what fits was written
     */
    public int encodeInto(String text, int[] ids) {
        FastPath fast = fast();
        if (fast != null) {
            Scratch scratch = fast.borrow();
            boolean done = fast.encode(text, options, scratch);
            int size = scratch.size;
            System.arraycopy(scratch.ids, 0, ids, 0, Math.min(size, ids.length));
            fast.giveBack(scratch);
            if (done) {
                return size;
            }
        }
        TokenRow row = truncated(text, null, unlimited()).getFirst();
        System.arraycopy(row.ids(), 0, ids, 0, Math.min(row.size(), ids.length));
        return row.size();
    }

    private EncodeOptions unlimited() {
        return new EncodeOptions(
                options.addSpecialTokens(), options.parseSpecialTokens(), Optional.empty(), Optional.empty());
    }

    /** How many tokens a text has, by the tokenizer's own options less truncation and padding. */
    public int count(String text) {
        return encodeInto(text, NO_IDS);
    }

    /** How many tokens a text has, unless it has more than {@code limit}: then nothing, and a long text is not read to its end. */
    public OptionalInt count(String text, int limit) {
        return count(text, limit, unlimited());
    }

    /** The same by other options, less truncation and padding. */
    public OptionalInt count(String text, int limit, EncodeOptions with) {
        return new LimitedCount(this, with).of(text, limit);
    }

    @Nullable
    FastPath fast() {
        return fast.get().orElse(null);
    }

    /**
     * Encodes many texts on all cores, with all that an {@link Encoding} can tell worked out at once; padding is to the longest of
     * them unless it has a length.
     */
    public List<Encoding> encodeBatch(List<String> texts, EncodeOptions with) {
        List<List<TokenRow>> rows =
                texts.parallelStream().map(text -> truncated(text, null, with)).toList();
        return padded(rows, with);
    }

    /** The finished row of a text or pair, then the rows that overflow. */
    private List<TokenRow> truncated(String text, @Nullable String pair, EncodeOptions with) {
        TokenRow first = row(text, 0, with.parseSpecialTokens());
        TokenRow second = pair == null ? null : row(pair, 1, with.parseSpecialTokens());
        PostProcessor processor = pipeline.postProcessor();
        if (with.truncation().isEmpty()) {
            return List.of(PostProcessor.finish(processor, first, second, with.addSpecialTokens()));
        }
        Truncation truncation = with.truncation().get();
        int added = processor == null || !with.addSpecialTokens() ? 0 : processor.added(second != null);
        int budget = Math.max(0, truncation.maxLength() - added);
        int secondSize = second == null ? 0 : second.size();
        int[] lengths = Truncator.lengths(first.size(), secondSize, second != null, budget, truncation);
        List<TokenRow> firsts = Truncator.cut(first, lengths[0], truncation);
        if (second == null) {
            return firsts.stream()
                    .map(row -> PostProcessor.finish(processor, row, null, with.addSpecialTokens()))
                    .toList();
        }
        List<TokenRow> seconds = Truncator.cut(second, lengths[1], truncation);
        var result = new ArrayList<TokenRow>();
        result.add(PostProcessor.finish(processor, firsts.getFirst(), seconds.getFirst(), with.addSpecialTokens()));
        for (int i = 0; i < firsts.size(); i++) {
            for (int j = i == 0 ? 1 : 0; j < seconds.size(); j++) {
                var left = firsts.get(i).slice(0, firsts.get(i).size());
                var right = seconds.get(j).slice(0, seconds.get(j).size());
                // the reference lists what overflows of the first text before what only the second one's overflow makes
                int at = i == 0 ? result.size() : result.size() - (seconds.size() - 1);
                result.add(at, PostProcessor.finish(processor, left, right, with.addSpecialTokens()));
            }
        }
        return result;
    }

    private TokenRow row(String text, int sequence, boolean parseSpecials) {
        FastPath fast = fast();
        TokenRow row = fast == null ? null : fast.row(text, sequence, parseSpecials);
        return row != null ? row : pipeline.row(text, sequence, parseSpecials);
    }

    private static List<Encoding> padded(List<List<TokenRow>> rows, EncodeOptions with) {
        int longest =
                rows.stream().mapToInt(parts -> parts.getFirst().size()).max().orElse(0);
        var result = new ArrayList<Encoding>(rows.size());
        for (List<TokenRow> parts : rows) {
            var overflowing = new ArrayList<Encoding>();
            for (TokenRow part : parts.subList(1, parts.size())) {
                overflowing.add(pad(part, longest, with, List.of()));
            }
            result.add(pad(parts.getFirst(), longest, with, overflowing));
        }
        return result;
    }

    private static Encoding pad(TokenRow row, int longest, EncodeOptions with, List<Encoding> overflowing) {
        Padding padding = with.padding().orElse(null);
        int missing = padding == null ? 0 : padding.target(longest) - row.size();
        if (padding == null || missing <= 0) {
            return new Encoding(row, row.size(), row.size(), overflowing);
        }
        boolean left = padding.direction() == Truncation.Direction.LEFT;
        var result = new TokenRow(row.size() + missing);
        if (!left) {
            result.addAll(row, 0, row.size(), null, null);
        }
        for (int i = 0; i < missing; i++) {
            result.addSpecial(padding.id(), padding.token(), padding.typeId());
        }
        if (left) {
            result.addAll(row, 0, row.size(), null, null);
        }
        int from = left ? 0 : row.size();
        return new Encoding(result, from, from + missing, overflowing);
    }

    /** The text of ids, special tokens left out. */
    public String decode(int... ids) {
        return decode(ids, true);
    }

    /** The text of ids, with or without what special tokens there are; ids that no token has are left out. */
    public String decode(int[] ids, boolean skipSpecialTokens) {
        if (!TokenTexts.serves(pipeline.decoder())) {
            return decodeBySteps(ids, skipSpecialTokens);
        }
        TokenTexts known = texts;
        if (known == null) {
            known = new TokenTexts(pipeline, vocabularySize());
            texts = known;
        }
        String text = known.decode(ids, skipSpecialTokens);
        return text != null ? text : decodeBySteps(ids, skipSpecialTokens);
    }

    /** The same as the pipeline's decoder has it. */
    String decodeBySteps(int[] ids, boolean skipSpecialTokens) {
        var tokens = new ArrayList<String>(ids.length);
        for (int id : ids) {
            String token = pipeline.token(id);
            if (token != null && !(skipSpecialTokens && pipeline.addedTokens().isSpecial(id))) {
                tokens.add(token);
            }
        }
        Decoder decoder = pipeline.decoder();
        return decoder == null ? String.join(" ", tokens) : String.join("", decoder.decode(tokens));
    }

    /** Text from ids that come one by one, special tokens left out. */
    public DecodeStream decodeStream() {
        return decodeStream(true);
    }

    /** Text from ids that come one by one, with or without what special tokens there are. */
    public DecodeStream decodeStream(boolean skipSpecialTokens) {
        return new DecodeStream(this, skipSpecialTokens);
    }

    /** The bytes that a token stands for in the middle of a text; none for an id that no token has. */
    public byte[] bytes(int id) {
        return new TokenBytes(pipeline).of(id);
    }

    /** One more than the largest id, added tokens included: the rows that a model's embedding needs. */
    public int vocabularySize() {
        var added = pipeline.addedTokens().byId().keySet();
        int last = added.isEmpty() ? -1 : java.util.Collections.max(added);
        return Math.max(pipeline.model().vocabulary().size(), last + 1);
    }

    /** How a token is written. */
    public Optional<String> token(int id) {
        return Optional.ofNullable(pipeline.token(id));
    }

    /** The id of a token as the vocabulary writes it. */
    public OptionalInt id(String token) {
        for (var entry : pipeline.addedTokens().byId().entrySet()) {
            if (entry.getValue().content().equals(token)) {
                return OptionalInt.of(entry.getKey());
            }
        }
        int id = pipeline.model().vocabulary().id(token);
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The special token that plays a part: what the folder's configuration says, else the one that is usually called so. */
    public Optional<String> specialToken(SpecialToken which) {
        Optional<String> configured = config.specialToken(which);
        if (configured.isPresent()) {
            return configured;
        }
        return which.usual().stream().filter(pipeline::isSpecial).findFirst();
    }

    /** How the model wants a conversation written, if the tokenizer's folder says so. */
    public Optional<ChatTemplate> chatTemplate() {
        return chatTemplate("default");
    }

    /** The template of a name, for folders that have several. */
    public Optional<ChatTemplate> chatTemplate(String name) {
        return Optional.ofNullable(config.templates().get(name)).map(source -> new ChatTemplate(name, source, this));
    }

    /**
     * Saves the tokenizer as a folder with a {@code tokenizer.json} and its configuration, which the Hugging Face libraries open.
     *
     * @throws TokenizerException if the folder cannot be written, or the pipeline is SentencePiece's own and does what that
     *     format cannot say, such as symbols of the user's
     */
    public void save(Path folder) {
        if (pipeline.model() instanceof SentencePieceModel model) {
            new Tokenizer(SentencePieceConversion.convert(model), options)
                    .withConfig(config)
                    .save(folder);
            return;
        }
        WholeFile.write(folder.resolve("tokenizer.json"), TokenizerJsonWriter.write(pipeline, options));
        TokenizerConfig.write(folder, this);
    }

    /**
     * Saves the tokenizer in a format.
     *
     * @param path the file to write; for {@link TokenizerFormat#HUGGING_FACE} the folder
     * @throws TokenizerException if the file cannot be written, or the format cannot hold the tokenizer
     */
    public void save(Path path, TokenizerFormat format) {
        switch (format) {
            case HUGGING_FACE -> save(path);
            case VOCAB_TXT -> VocabularyWriter.bert(pipeline, path);
            case VOCAB_JSON -> VocabularyWriter.gpt2(pipeline, path);
            case TIKTOKEN -> RankWriter.tiktoken(pipeline, path);
            case TEKKEN -> RankWriter.tekken(pipeline, path);
            case SENTENCEPIECE -> SentencePieceWriter.write(this, path);
        }
    }
}
