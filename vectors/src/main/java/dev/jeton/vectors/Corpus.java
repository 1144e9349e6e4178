package dev.jeton.vectors;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * Text to learn from, of any size: it is read once, a piece at a time.
 *
 * <p>Every line is a sentence; a line may be as long as it likes. Words are what stands between ASCII white space, as in every
 * word2vec tool, or, after {@link #letters()}, the runs of letters in lower case.
 */
public final class Corpus {
    private final Source source;
    private final Splitter splitter;

    private Corpus(Source source, Splitter splitter) {
        this.source = source;
        this.splitter = splitter;
    }

    /** Makes the pieces of a corpus; called once for each reading. */
    private interface Source {
        Chunks open();
    }

    /**
     * Reads files, and all files of folders, in the order of their names. A name that ends in {@code .gz}, {@code .xz} or
     * {@code .zip} is unpacked while it is read.
     */
    public static Corpus of(Path... filesAndFolders) {
        return of(List.of(filesAndFolders));
    }

    /** As {@link #of(Path...)}. */
    public static Corpus of(List<Path> filesAndFolders) {
        List<Path> paths = List.copyOf(filesAndFolders);
        return new Corpus(() -> new FileChunks(paths), Splitter.WHITE_SPACE);
    }

    /** Reads lines; each is a sentence. */
    public static Corpus ofLines(Iterable<String> lines) {
        return new Corpus(() -> new LineChunks(lines.iterator()), Splitter.WHITE_SPACE);
    }

    /** Reads lines that can be had only once: a corpus for one training. */
    public static Corpus ofLines(Iterator<String> lines) {
        return new Corpus(() -> new LineChunks(lines), Splitter.WHITE_SPACE);
    }

    /** Reads sentences that are words already; these may hold spaces. */
    public static Corpus ofSentences(Iterable<? extends List<String>> sentences) {
        return new Corpus(() -> new LineChunks(Splitter.joined(sentences.iterator())), Splitter.JOINED);
    }

    /** Takes words to be the runs of letters and marks, in lower case; everything else only separates them. */
    public Corpus letters() {
        return new Corpus(source, Splitter.LETTERS);
    }

    Chunks open() {
        return source.open();
    }

    Splitter splitter() {
        return splitter;
    }
}
