package dev.jeton.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is written by hand is read by a library as it was. */
class JsonTextTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Test
    void anyTextIsReadBack() {
        var random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            String text = text(random, random.nextInt(40));
            byte[] line = new JsonText().name("text").value(text).end().toBytes();
            assertThat(MAPPER.readTree(line).get("text").stringValue())
                    .as("seed 3, text %d", i)
                    .isEqualTo(text);
        }
    }

    @Test
    void numbersAreReadBack() {
        var random = new Random(5);
        int[] starts = new int[200];
        int[] ends = new int[200];
        for (int i = 0; i < 200; i++) {
            starts[i] = random.nextInt() >> random.nextInt(32);
            ends[i] = i == 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE >>> random.nextInt(32);
        }
        JsonNode line = MAPPER.readTree(new JsonText()
                .name("ids")
                .value(starts)
                .name("offsets")
                .value(starts, ends)
                .end()
                .toString());
        for (int i = 0; i < 200; i++) {
            assertThat(line.get("ids").get(i).intValue()).isEqualTo(starts[i]);
            assertThat(line.get("offsets").get(i).get(0).intValue()).isEqualTo(starts[i]);
            assertThat(line.get("offsets").get(i).get(1).intValue()).isEqualTo(ends[i]);
        }
    }

    @Test
    void halfACharacterIsEscaped() {
        String line = new JsonText()
                .name("tokens")
                .value(List.of("a\"", "\uD83D", "\u007F中🙂"))
                .end()
                .toString();
        assertThat(line).isEqualTo("{\"tokens\":[\"a\\\"\",\"\\ud83d\",\"\u007F中🙂\"]}\n");
    }

    private static String text(Random random, int size) {
        var text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            switch (random.nextInt(3)) {
                case 0 -> text.append((char) random.nextInt(0x80));
                case 1 -> text.append((char) random.nextInt(0x10000));
                default -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
            }
        }
        return text.toString();
    }
}
