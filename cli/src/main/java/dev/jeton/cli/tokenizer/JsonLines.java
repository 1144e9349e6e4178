package dev.jeton.cli.tokenizer;

import dev.jeton.cli.UsageException;
import dev.jeton.cli.output.JsonText;
import dev.jeton.text.TokenizerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Turns JSON objects, one a line, into others, in order and on all cores.
 *
 * <p>Whatever the input has ready is one batch, so a program that waits for each answer before it asks again gets it at once, and
 * a file streams through in batches of 64 kB.
 */
final class JsonLines {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private static final int BATCH = 1 << 16;

    /** Reads one object, at whose beginning the parser stands, and writes another. */
    interface Step {
        void apply(JsonParser parser, JsonText out);
    }

    /** A batch's answers: all of them, or those before a line that is wrong; after the last batch the input has ended. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    private record Answers(
            byte[] lines, boolean last, @Nullable Exception mistake) {}

    private final Step step;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final BlockingQueue<Future<Answers>> results = new ArrayBlockingQueue<>(threads * 4);

    JsonLines(Step step) {
        this.step = step;
    }

    /** Streams until the input ends; what lies before a line that is wrong is still written. */
    void run(InputStream in, OutputStream out) throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        // a daemon: when a line is wrong it may be waiting for input that never comes
        Thread reader = Thread.ofPlatform().daemon().start(() -> read(in, workers));
        try {
            write(out);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a line could not be worked on", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            reader.interrupt();
            workers.shutdownNow();
        }
    }

    private void write(OutputStream out) throws IOException, InterruptedException, ExecutionException {
        while (true) {
            Answers answers = results.take().get();
            try {
                out.write(answers.lines);
            } catch (IOException e) {
                throw new IOException("standard output was closed", e);
            }
            switch (answers.mistake) {
                case UsageException mistake -> throw mistake;
                case IOException mistake -> throw mistake;
                case null, default -> {}
            }
            if (answers.last) {
                return;
            }
        }
    }

    private void read(InputStream in, ExecutorService workers) {
        try {
            results.put(CompletableFuture.completedFuture(readAll(in, workers)));
        } catch (InterruptedException | RejectedExecutionException e) {
            return; // the writer has stopped
        }
    }

    /** The mark of the end, or why the input could not be read. */
    private Answers readAll(InputStream in, ExecutorService workers) throws InterruptedException {
        var begun = new ByteArrayOutputStream();
        byte[] buffer = new byte[BATCH];
        long line = 1;
        try {
            for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
                int end = size;
                while (end > 0 && buffer[end - 1] != '\n') {
                    end--;
                }
                begun.write(buffer, 0, end);
                if (end > 0) {
                    line = submit(begun, line, workers);
                }
                begun.write(buffer, end, size - end);
            }
            submit(begun, line, workers);
            return new Answers(new byte[0], true, null);
        } catch (IOException e) {
            return new Answers(new byte[0], true, e);
        }
    }

    /** Returns the number of the line behind the batch. */
    private long submit(ByteArrayOutputStream begun, long firstLine, ExecutorService workers)
            throws InterruptedException {
        byte[] bytes = begun.toByteArray();
        begun.reset();
        long lines = 0;
        boolean blank = true;
        for (byte value : bytes) {
            lines += value == '\n' ? 1 : 0;
            blank &= value <= ' ' && value >= 0;
        }
        if (!blank) {
            results.put(workers.submit(() -> answer(bytes, firstLine)));
        }
        return firstLine + lines;
    }

    private Answers answer(byte[] bytes, long firstLine) {
        var out = new JsonText();
        long line = firstLine;
        int from = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                try {
                    answerLine(bytes, from, i, line++, out);
                } catch (UsageException e) {
                    return new Answers(out.toBytes(), true, e);
                }
                from = i + 1;
            }
        }
        return new Answers(out.toBytes(), false, null);
    }

    private void answerLine(byte[] bytes, int from, int to, long line, JsonText out) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return; // an empty line
            }
            if (first != JsonToken.START_OBJECT) {
                throw new UsageException("must be a JSON object");
            }
            step.apply(parser, out);
            if (parser.nextToken() != null) {
                throw new UsageException("must be one JSON object, without more behind it");
            }
        } catch (StreamReadException e) {
            throw wrong(line, e.getOriginalMessage(), e);
        } catch (JacksonException | TokenizerException | UsageException e) {
            throw wrong(line, String.valueOf(e.getMessage()), e);
        }
    }

    private static UsageException wrong(long line, String rule, Exception cause) {
        var result = new UsageException("standard input, line " + line + ": " + rule);
        result.initCause(cause);
        return result;
    }
}
