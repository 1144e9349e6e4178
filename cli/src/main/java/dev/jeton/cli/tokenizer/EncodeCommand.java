package dev.jeton.cli.tokenizer;

import dev.jeton.cli.UsageException;
import dev.jeton.cli.output.JsonText;
import dev.jeton.cli.output.StandardOutput;
import dev.jeton.text.EncodeOptions;
import dev.jeton.text.Encoding;
import dev.jeton.text.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** {@code jeton tokenizer encode}. */
@Command(
        name = "encode",
        description = "Turn text into token ids.",
        footer = {
            "",
            "With --jsonl, each line of standard input is an object with a \"text\" and",
            "perhaps a \"pair\"; each line of the answer has \"ids\", \"tokens\" and \"offsets\"",
            "(code points in their text).",
            "",
            "Examples:",
            "  jeton tokenizer encode my-tokenizer \"How is this cut?\"",
            "  jeton tokenizer encode my-tokenizer - < story.txt",
            "  jeton tokenizer encode my-tokenizer --jsonl < a.jsonl > b.jsonl"
        })
final class EncodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TokenizerArgument tokenizerArgument = new TokenizerArgument();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TEXT",
            description = "The text; - for standard input, the default.")
    private @Nullable String text;

    @Option(names = "--jsonl", description = "Read and write JSON objects, one a line.")
    private boolean jsonl;

    @Option(names = "--json", description = "Print ids, tokens and offsets of the text as one JSON object.")
    private boolean json;

    @Mixin
    private SpecialTokensOption specialTokens = new SpecialTokensOption();

    @Override
    public Integer call() throws IOException {
        Tokenizer tokenizer = tokenizerArgument.load();
        EncodeOptions options = specialTokens.options();
        PrintWriter out = spec.commandLine().getOut();
        if (jsonl) {
            if (text != null && !text.equals("-")) {
                throw new UsageException("encode: --jsonl reads standard input, so no TEXT may be given");
            }
            new JsonLines((parser, line) -> encode(parser, tokenizer, options, line))
                    .run(System.in, StandardOutput.bytes(out));
            return 0;
        }
        String given = Input.text(text);
        Encoding encoding = tokenizer.encode(given, options);
        if (json) {
            var line = new JsonText();
            write(line, encoding, given, "", false);
            out.print(line);
        } else {
            out.println(
                    Arrays.stream(encoding.ids()).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
        }
        out.flush();
        return 0;
    }

    private static void encode(JsonParser parser, Tokenizer tokenizer, EncodeOptions options, JsonText out) {
        String text = null;
        String pair = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("text") || name.equals("pair")) {
                if (value != JsonToken.VALUE_STRING && (value != JsonToken.VALUE_NULL || name.equals("text"))) {
                    throw new UsageException("\"" + name + "\" must be a string");
                }
                String string = value == JsonToken.VALUE_STRING ? parser.getString() : null;
                text = name.equals("text") ? string : text;
                pair = name.equals("pair") ? string : pair;
            } else {
                parser.skipChildren();
            }
        }
        if (text == null) {
            throw new UsageException("must have a \"text\"");
        }
        // a batch, since all of the encoding is asked for at once
        Encoding encoding = pair == null
                ? tokenizer.encodeBatch(List.of(text), options).getFirst()
                : tokenizer.encode(text, pair, options);
        write(out, encoding, text, pair == null ? "" : pair, pair != null);
    }

    private static void write(JsonText out, Encoding encoding, String text, String pair, boolean isPair) {
        int[] sequences = encoding.sequenceIds();
        int[] starts = encoding.starts();
        int[] ends = encoding.ends();
        var ofText = new CodePointOffsets(text);
        var ofPair = new CodePointOffsets(pair);
        for (int i = 0; i < starts.length; i++) {
            CodePointOffsets offsets = sequences[i] == 1 ? ofPair : ofText;
            starts[i] = offsets.of(starts[i]);
            ends[i] = offsets.of(ends[i]);
        }
        out.name("ids").value(encoding.ids());
        out.name("tokens").value(encoding.tokens());
        out.name("offsets").value(starts, ends);
        if (isPair) {
            out.name("type_ids").value(encoding.typeIds());
        }
        out.end();
    }

    /** UTF-16 indices of a text as code points. */
    private static final class CodePointOffsets {
        /** By UTF-16 index; null for a text that has no character beyond the first plane. */
        private final int @Nullable [] points;

        CodePointOffsets(String text) {
            int count = text.codePointCount(0, text.length());
            points = count == text.length() ? null : new int[text.length() + 1];
            if (points != null) {
                int point = 0;
                for (int i = 0; i < text.length(); point++) {
                    int length = Character.charCount(text.codePointAt(i));
                    Arrays.fill(points, i, i + length, point);
                    i += length;
                }
                points[text.length()] = point;
            }
        }

        int of(int index) {
            return points == null ? index : points[index];
        }
    }
}
