package dev.jeton.cli.tokenizer;

import dev.jeton.cli.UsageException;
import dev.jeton.cli.output.StandardOutput;
import dev.jeton.text.Tokenizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** {@code jeton tokenizer decode}. */
@Command(
        name = "decode",
        description = "Turn token ids into text.",
        footer = {
            "",
            "With --jsonl, each line of standard input is an object with \"ids\", each line",
            "of the answer one with a \"text\".",
            "",
            "Examples:",
            "  jeton tokenizer decode my-tokenizer 39 78 86",
            "  jeton tokenizer encode gpt2 \"How?\" | jeton tokenizer decode gpt2",
            "  jeton tokenizer decode my-tokenizer --jsonl < b.jsonl > a.jsonl"
        })
final class DecodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TokenizerArgument tokenizerArgument = new TokenizerArgument();

    @Parameters(
            index = "1..*",
            paramLabel = "ID",
            description = "The ids; standard input, with white space or commas between, where there is none or -.")
    private List<String> ids = List.of();

    @Option(names = "--jsonl", description = "Read and write JSON objects, one a line.")
    private boolean jsonl;

    @Option(names = "--keep-special", description = "Leave the special tokens in the text.")
    private boolean keepSpecial;

    @Override
    public Integer call() throws IOException {
        Tokenizer tokenizer = tokenizerArgument.load();
        PrintWriter out = spec.commandLine().getOut();
        if (jsonl) {
            if (!ids.isEmpty() && !ids.equals(List.of("-"))) {
                throw new UsageException("decode: --jsonl reads standard input, so no ID may be given");
            }
            new JsonLines((parser, line) -> {
                        String text = tokenizer.decode(ids(parser), !keepSpecial);
                        line.name("text").value(text).end();
                    })
                    .run(System.in, StandardOutput.bytes(out));
            return 0;
        }
        boolean given = !ids.isEmpty() && !ids.equals(List.of("-"));
        String all = given ? String.join(" ", ids) : Input.text("-");
        int[] numbers = Arrays.stream(all.split("[\\s,\\[\\]]+", -1))
                .filter(id -> !id.isEmpty())
                .mapToInt(DecodeCommand::id)
                .toArray();
        out.println(tokenizer.decode(numbers, !keepSpecial));
        return 0;
    }

    private static int id(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            var mistake = new UsageException("decode: an id must be an integer, got " + text);
            mistake.initCause(e);
            throw mistake;
        }
    }

    private static int[] ids(JsonParser parser) {
        int[] result = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            if (!name.equals("ids")) {
                parser.skipChildren();
                continue;
            }
            if (value != JsonToken.START_ARRAY) {
                throw new UsageException("\"ids\" must be a list of integers");
            }
            var numbers = IntStream.builder();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                        || parser.getNumberType() != JsonParser.NumberType.INT) {
                    throw new UsageException("\"ids\" must be a list of integers of 32 bits");
                }
                numbers.add(parser.getIntValue());
            }
            result = numbers.build().toArray();
        }
        if (result == null) {
            throw new UsageException("must have \"ids\"");
        }
        return result;
    }
}
