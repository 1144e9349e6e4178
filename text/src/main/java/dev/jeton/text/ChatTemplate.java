package dev.jeton.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a model wants a conversation written: the Jinja template of a {@code tokenizer_config.json} or {@code chat_template.jinja}.
 *
 * <p>Templates are written for Python's Jinja; they are rendered by jinjava, which must be on the class path
 * ({@code com.hubspot.jinjava:jinjava}), with Python's string methods and JSON writing added. It is loaded with the first
 * template that is rendered.
 *
 * {@snippet :
 * ChatTemplate template = tokenizer.chatTemplate().orElseThrow();
 * String prompt = template.render(List.of(ChatMessage.user("What is a token?")));
 * }
 */
public final class ChatTemplate {
    private final String name;
    private final String source;
    private final Map<String, String> specialTokens;

    ChatTemplate(String name, String source, Tokenizer tokenizer) {
        this.name = name;
        this.source = source;
        specialTokens = new LinkedHashMap<>();
        for (SpecialToken which : SpecialToken.values()) {
            tokenizer
                    .specialToken(which)
                    .ifPresent(token -> specialTokens.put(which.name().toLowerCase(Locale.ROOT) + "_token", token));
        }
    }

    /** The template as it is written. */
    public String source() {
        return source;
    }

    /** The conversation as the model reads it, up to where it is to go on. */
    public String render(List<ChatMessage> messages) {
        return render(messages, ChatOptions.defaults());
    }

    /**
     * The conversation as the model reads it.
     *
     * @throws TokenizerException if the template is wrong, or refuses the conversation, which many do when roles do not alternate
     */
    public String render(List<ChatMessage> messages, ChatOptions options) {
        var variables = new LinkedHashMap<String, @Nullable Object>(specialTokens);
        variables.put("messages", messages.stream().map(ChatMessage::members).toList());
        variables.put("tools", options.tools().isEmpty() ? null : options.tools());
        variables.put("documents", null);
        variables.put("add_generation_prompt", options.addGenerationPrompt());
        variables.putAll(options.variables());
        try {
            return JinjaTemplates.render(name, source, variables);
        } catch (NoClassDefFoundError e) {
            throw new TokenizerException(
                    "chat template: rendering needs com.hubspot.jinjava:jinjava on the class path, which is not there",
                    e);
        }
    }
}
