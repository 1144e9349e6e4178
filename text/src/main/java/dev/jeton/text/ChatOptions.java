package dev.jeton.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a chat template is told beside the messages.
 *
 * @param addGenerationPrompt whether the text ends where the model is to go on
 * @param tools what the model may call: JSON objects as maps; none: the template is told of none
 * @param variables whatever else the template asks for, such as {@code enable_thinking}
 */
public record ChatOptions(boolean addGenerationPrompt, List<Map<String, Object>> tools, Map<String, Object> variables) {
    private static final ChatOptions DEFAULTS = new ChatOptions(true, List.of(), Map.of());

    /** Copies the collections. */
    public ChatOptions {
        tools = List.copyOf(tools);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** The model is to go on; no tools. */
    public static ChatOptions defaults() {
        return DEFAULTS;
    }

    /** The same, with or without the beginning of the model's answer. */
    public ChatOptions withGenerationPrompt(boolean add) {
        return new ChatOptions(add, tools, variables);
    }

    /** The same with tools. */
    public ChatOptions withTools(List<Map<String, Object>> those) {
        return new ChatOptions(addGenerationPrompt, those, variables);
    }

    /** The same with one more variable. */
    public ChatOptions withVariable(String name, Object value) {
        var more = new LinkedHashMap<>(variables);
        more.put(name, value);
        return new ChatOptions(addGenerationPrompt, tools, more);
    }
}
