package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations as Python's transformers writes them; chat/README.md says what made the expectations. */
class ChatTemplateTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makeTokenizer() throws IOException {
        Path text = Files.writeString(folder.resolve("text.txt"), "some words and some more words");
        UnigramTrainer.of(60).train(List.of(text)).save(folder.resolve("tokenizer"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ChatTemplateTest.class.getResourceAsStream("chat/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private ChatTemplate template(String source) throws IOException {
        Files.writeString(folder.resolve("tokenizer/chat_template.jinja"), source);
        return Tokenizer.load(folder.resolve("tokenizer")).chatTemplate().orElseThrow();
    }

    private static List<ChatMessage> messages(JsonValue values) {
        var result = new ArrayList<ChatMessage>();
        for (JsonValue value : values.list()) {
            var message = ChatMessage.of(
                    value.get("role").string(), value.get("content").string());
            for (String name : value.map().keySet()) {
                if (!name.equals("role") && !name.equals("content")) {
                    message = message.with(
                            name, Objects.requireNonNull(value.get(name).value()));
                }
            }
            result.add(message);
        }
        return result;
    }

    @Test
    void equalsTheReference() throws IOException {
        int checked = 0;
        for (String line : resource("expected.jsonl").lines().toList()) {
            JsonValue row = JsonValue.read("row", line.getBytes(StandardCharsets.UTF_8));
            ChatTemplate template = template(resource(row.get("template").string() + ".jinja"));
            var options = ChatOptions.defaults()
                    .withGenerationPrompt(row.get("add_generation_prompt").bool())
                    .withTools(row.get("tools").list().stream()
                            .map(ChatTemplateTest::ordered)
                            .toList());
            if (row.has("refused")) {
                assertThatThrownBy(() -> template.render(messages(row.get("messages")), options))
                        .isInstanceOf(TokenizerException.class)
                        .hasMessageContaining(row.get("refused").string());
            } else {
                assertThat(template.render(messages(row.get("messages")), options))
                        .as(line)
                        .isEqualTo(row.get("rendered").string());
            }
            checked++;
        }
        assertThat(checked).isEqualTo(80);
    }

    @SuppressWarnings("unchecked") // a JSON object of the file, in its order
    private static Map<String, Object> ordered(JsonValue value) {
        return (Map<String, Object>) (Map<String, ?>) value.map();
    }

    @Test
    void whatAUserSaysIsNoTemplate() throws IOException {
        ChatTemplate template = template("{% for m in messages %}{{ m.content }}{% endfor %}");
        String text = "{{ bos_token }} {% raw %} {# comment #} ${x}";
        assertThat(template.render(List.of(ChatMessage.user(text)))).isEqualTo(text);
    }

    @Test
    void variablesAndDatesAreKnown() throws IOException {
        ChatTemplate template = template("{{ mood }} {{ strftime_now('%Y (year)') }}{{ unk_token }}");
        String year = Integer.toString(
                java.time.Year.now(java.time.ZoneId.systemDefault()).getValue());
        assertThat(template.render(List.of(), ChatOptions.defaults().withVariable("mood", "good")))
                .isEqualTo("good " + year + " (year)<unk>");
    }

    @Test
    void aWrongTemplateSaysWhere() throws IOException {
        ChatTemplate template = template("line one\n{% nonsense %}");
        assertThatThrownBy(() -> template.render(List.of(ChatMessage.user("x"))))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("nonsense");
    }

    @Test
    void templatesOfTheConfigurationAreFound() throws IOException {
        Files.writeString(folder.resolve("tokenizer/tokenizer_config.json"), """
                {"chat_template": [{"name": "default", "template": "d"}, {"name": "tool_use", "template": "t"}]}""");
        Tokenizer tokenizer = Tokenizer.load(folder.resolve("tokenizer"));
        assertThat(tokenizer.chatTemplate().orElseThrow().render(List.of())).isEqualTo("d");
        assertThat(tokenizer.chatTemplate("tool_use").orElseThrow().render(List.of()))
                .isEqualTo("t");
        assertThat(tokenizer.chatTemplate("none")).isEmpty();
        tokenizer.save(folder.resolve("again"));
        assertThat(Tokenizer.load(folder.resolve("again")).chatTemplate("tool_use"))
                .isPresent();
    }
}
