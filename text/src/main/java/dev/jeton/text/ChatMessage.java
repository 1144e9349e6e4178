package dev.jeton.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation.
 *
 * @param role who speaks: {@code system}, {@code user}, {@code assistant}, {@code tool}, or whatever the template knows
 * @param content what is said; a string, or for some templates a list of parts
 * @param more other members that the template reads, such as {@code tool_calls} or {@code tool_call_id}
 */
public record ChatMessage(String role, Object content, Map<String, Object> more) {
    /** Copies the other members, in their order. */
    public ChatMessage {
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    /** A message of any role. */
    public static ChatMessage of(String role, String content) {
        return new ChatMessage(role, content, Map.of());
    }

    /** What the model is told to be. */
    public static ChatMessage system(String content) {
        return of("system", content);
    }

    /** What the user says. */
    public static ChatMessage user(String content) {
        return of("user", content);
    }

    /** What the model said. */
    public static ChatMessage assistant(String content) {
        return of("assistant", content);
    }

    /** The same with one more member. */
    public ChatMessage with(String name, Object value) {
        var members = new LinkedHashMap<>(more);
        members.put(name, value);
        return new ChatMessage(role, content, members);
    }

    Map<String, @Nullable Object> members() {
        var result = new LinkedHashMap<String, @Nullable Object>();
        result.put("role", role);
        result.put("content", content);
        result.putAll(more);
        return result;
    }
}
