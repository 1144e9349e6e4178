package dev.jeton.bench.text;

import dev.jeton.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encoding, counting, decoding and loading; one operation is a document of 20,000 characters, or a file. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class TokenizerBenchmark {
    /** A tokenizer's file. */
    @Param("tokenizer.json")
    public String tokenizerFile;

    /** A text file. */
    @Param("english.txt")
    public String corpusFile;

    private Tokenizer tokenizer;
    private List<String> texts;
    private List<int[]> encoded;
    private final int[] ids = new int[1 << 17];
    private int next;

    /** Loads all. */
    @Setup
    public void load() throws IOException {
        tokenizer = Tokenizer.load(Path.of(tokenizerFile));
        texts = Documents.of(Path.of(corpusFile), Integer.MAX_VALUE).texts();
        encoded = texts.stream().map(text -> tokenizer.encode(text).ids()).toList();
    }

    private int turn() {
        next = (next + 1) % texts.size();
        return next;
    }

    /** Ids into an array of the caller's. */
    @Benchmark
    public int encodeInto() {
        return tokenizer.encodeInto(texts.get(turn()), ids);
    }

    /** Ids into an array of their own. */
    @Benchmark
    public int[] encode() {
        return tokenizer.encode(texts.get(turn())).ids();
    }

    /** The number of tokens. */
    @Benchmark
    public int count() {
        return tokenizer.count(texts.get(turn()));
    }

    /** The text of ids. */
    @Benchmark
    public String decode() {
        return tokenizer.decode(encoded.get(turn()));
    }

    /** The tokenizer from its file. */
    @Benchmark
    public Tokenizer loadFile() {
        return Tokenizer.load(Path.of(tokenizerFile));
    }
}
