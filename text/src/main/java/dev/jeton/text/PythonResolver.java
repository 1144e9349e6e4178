package dev.jeton.text;

import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import java.beans.FeatureDescriptor;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/** What Python's strings and lists can do and Java's cannot, or do otherwise; all else goes to jinjava's own resolver. */
final class PythonResolver extends ELResolver {
    /** The functions of the Hugging Face libraries, as methods of one value. */
    enum Functions {
        ALL
    }

    /** A template's own refusal. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }

    private final ELResolver others = JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY;

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
        if (JinjaDialect.REVERSED.equals(property)) {
            context.setPropertyResolved(true);
            return reversed(base);
        }
        if (base instanceof String text && String.valueOf(property).matches("-?\\d{1,9}")) {
            context.setPropertyResolved(true);
            int count = text.codePointCount(0, text.length());
            int index = Integer.parseInt(String.valueOf(property));
            int at = index < 0 ? count + index : index;
            return at < 0 || at >= count ? null : Character.toString(text.codePointAt(text.offsetByCodePoints(0, at)));
        }
        return others.getValue(context, base, property);
    }

    private static @Nullable Object reversed(@Nullable Object base) {
        return switch (base) {
            case String text -> new StringBuilder(text).reverse().toString();
            case Collection<?> list -> new ArrayList<Object>(list).reversed();
            case null, default -> null;
        };
    }

    @Override
    public @Nullable Object invoke(
            ELContext context,
            @Nullable Object base,
            @Nullable Object method,
            Class<?> @Nullable [] types,
            @Nullable Object[] parameters) {
        if (base == Functions.ALL) {
            context.setPropertyResolved(true);
            String argument = parameters.length == 0 ? "" : String.valueOf(parameters[0]);
            if ("raise_exception".equals(method)) {
                throw new Refusal(argument);
            }
            return LocalDateTime.now(java.time.ZoneId.systemDefault()).format(strftime(argument));
        }
        if (base instanceof String text && method != null) {
            Object result = invoke(text, method.toString(), parameters);
            if (result != null) {
                context.setPropertyResolved(true);
                return result;
            }
        }
        return others.invoke(context, base, method, types, parameters);
    }

    /** Null for a method that Java's strings have too, with the same meaning. */
    private static @Nullable Object invoke(String text, String method, @Nullable Object[] parameters) {
        String first = parameters.length > 0 && parameters[0] instanceof String string ? string : null;
        return switch (method) {
            case "strip" -> stripped(text, first, true, true);
            case "lstrip" -> stripped(text, first, true, false);
            case "rstrip" -> stripped(text, first, false, true);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "capitalize" -> capitalized(text);
            case "title" -> titled(text);
            case "startswith" -> first == null ? null : (Object) text.startsWith(first);
            case "endswith" -> first == null ? null : (Object) text.endsWith(first);
            case "find" -> first == null ? null : (Object) (long) text.indexOf(first);
            case "rfind" -> first == null ? null : (Object) (long) text.lastIndexOf(first);
            case "count" -> first == null ? null : (Object) count(text, first);
            case "split" -> split(text, first, parameters.length > 1 ? parameters[1] : null);
            case "splitlines" -> text.lines().toList();
            case "removeprefix" -> first != null && text.startsWith(first) ? text.substring(first.length()) : text;
            case "removesuffix" ->
                first != null && text.endsWith(first) ? text.substring(0, text.length() - first.length()) : text;
            case "isdigit" -> !text.isEmpty() && text.codePoints().allMatch(Character::isDigit);
            case "isalpha" -> !text.isEmpty() && text.codePoints().allMatch(Character::isLetter);
            case "join" ->
                parameters.length > 0 && parameters[0] instanceof Collection<?> parts
                        ? String.join(text, parts.stream().map(String::valueOf).toList())
                        : null;
            default -> null;
        };
    }

    private static String stripped(String text, @Nullable String signs, boolean left, boolean right) {
        int from = 0;
        int to = text.length();
        while (left && from < to && isStripped(text.charAt(from), signs)) {
            from++;
        }
        while (right && to > from && isStripped(text.charAt(to - 1), signs)) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isStripped(char unit, @Nullable String signs) {
        return signs == null
                ? CodePoints.isWhiteSpace(unit) || (unit >= 0x1C && unit <= 0x1F)
                : signs.indexOf(unit) >= 0;
    }

    private static String capitalized(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String titled(String text) {
        var result = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            result.append(inWord ? Character.toLowerCase(unit) : Character.toUpperCase(unit));
            inWord = Character.isLetter(unit);
        }
        return result.toString();
    }

    private static long count(String text, String part) {
        long result = 0;
        for (int at = text.indexOf(part); at >= 0 && !part.isEmpty(); at = text.indexOf(part, at + part.length())) {
            result++;
        }
        return result;
    }

    private static List<String> split(String text, @Nullable String separator, @Nullable Object most) {
        if (separator == null) {
            return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
        }
        long left = most instanceof Number number && number.longValue() >= 0 ? number.longValue() : Long.MAX_VALUE;
        var result = new ArrayList<String>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0 && left > 0; at = text.indexOf(separator, from), left--) {
            result.add(text.substring(from, at));
            from = at + separator.length();
        }
        result.add(text.substring(from));
        return result;
    }

    /** Python's format of a date. */
    private static DateTimeFormatter strftime(String format) {
        var result = new DateTimeFormatterBuilder();
        for (int i = 0; i < format.length(); i++) {
            char unit = format.charAt(i);
            if (unit != '%' || i + 1 == format.length()) {
                result.appendLiteral(unit);
                continue;
            }
            switch (format.charAt(++i)) {
                case 'd' -> result.appendPattern("dd");
                case 'm' -> result.appendPattern("MM");
                case 'y' -> result.appendPattern("yy");
                case 'Y' -> result.appendPattern("yyyy");
                case 'b' -> result.appendPattern("MMM");
                case 'B' -> result.appendPattern("MMMM");
                case 'a' -> result.appendPattern("EEE");
                case 'A' -> result.appendPattern("EEEE");
                case 'H' -> result.appendPattern("HH");
                case 'I' -> result.appendPattern("hh");
                case 'M' -> result.appendPattern("mm");
                case 'S' -> result.appendPattern("ss");
                case 'p' -> result.appendPattern("a");
                case 'j' -> result.appendPattern("DDD");
                case '%' -> result.appendLiteral('%');
                default -> throw new Refusal("strftime_now does not know %" + format.charAt(i) + " of " + format);
            }
        }
        return result.toFormatter(Locale.ENGLISH);
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, Object base) {
        return others.getCommonPropertyType(context, base);
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
        return others.getFeatureDescriptors(context, base);
    }

    @Override
    public Class<?> getType(ELContext context, Object base, Object property) {
        return others.getType(context, base, property);
    }

    @Override
    public boolean isReadOnly(ELContext context, Object base, Object property) {
        return others.isReadOnly(context, base, property);
    }

    @Override
    public void setValue(ELContext context, Object base, Object property, Object value) {
        others.setValue(context, base, property, value);
    }
}
