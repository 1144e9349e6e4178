package dev.jeton.text;

import java.util.Set;

/**
 * Writes what jinjava reads differently from Python's Jinja in a way that both read alike.
 *
 * <p>Inside of expressions: {@code f(a=b - 1)} becomes {@code f(a=(b - 1))}, {@code not a is b} becomes {@code not (a is b)};
 * {@code x[::-1]} and the functions of the Hugging Face libraries go to {@link PythonResolver}. A loop with a condition is
 * preceded by one that collects what it is for. A line break at the very end is dropped.
 */
final class JinjaDialect {
    /** The variable whose methods are the functions that templates may call. */
    static final String FUNCTIONS = "jeton__functions";

    static final String REVERSED = "jeton__reversed";

    private final String source;
    /** Words behind which an operand is yet to come. */
    private static final Set<String> OPERATORS =
            Set.of("and", "or", "not", "in", "is", "if", "elif", "else", "set", "for", "do", "call");
    /** Words that end what a {@code not} stands before. */
    private static final Set<String> ENDS_OF_NOT = Set.of("and", "or", "if", "else");

    private final StringBuilder out = new StringBuilder();
    private int at;
    private int collected;
    /** Whether what was copied last is an operand, behind which a {@code not} is the one of {@code not in}. */
    private boolean afterOperand;

    private boolean afterIs;

    private JinjaDialect(String source) {
        this.source = source;
    }

    static String translate(String source) {
        String body = source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
        return new JinjaDialect(body).translate();
    }

    private String translate() {
        while (at < source.length()) {
            if (source.startsWith("{#", at)) {
                copyTo("#}");
            } else if (source.startsWith("{{", at)) {
                expression("}}");
            } else if (source.startsWith("{%", at)) {
                tag();
            } else {
                out.append(source.charAt(at++));
            }
        }
        return out.toString();
    }

    private void copyTo(String end) {
        int found = source.indexOf(end, at);
        int to = found < 0 ? source.length() : found + 2;
        out.append(source, at, to);
        at = to;
    }

    private void tag() {
        int name = at + 2;
        name = skipSpace(source.startsWith("-", name) || source.startsWith("+", name) ? name + 1 : name);
        if (isWord(name, "macro")) {
            copyTo("%}");
            return;
        }
        int start = at;
        int written = out.length();
        int condition = expression("%}");
        if (isWord(name, "for") && condition > 0) {
            String loop = out.substring(written);
            out.setLength(written);
            loopWithCondition(source.substring(start, name), loop, condition - written);
        }
    }

    private boolean isWord(int from, String word) {
        int end = from + word.length();
        return source.startsWith(word, from)
                && end < source.length()
                && !Character.isJavaIdentifierPart(source.charAt(end));
    }

    /** {@code for x in y if z}: each of y is unpacked into x alone, and collected where z holds; then the loop goes over those. */
    private void loopWithCondition(String opening, String loop, int condition) {
        String head =
                loop.substring(opening.length() + "for".length(), condition).strip();
        String test = loop.substring(condition + "if".length(), loop.length() - 2);
        boolean trims = test.endsWith("-");
        int in = head.indexOf(" in ");
        String list = "jeton__list" + ++collected;
        String each = "jeton__each" + collected;
        String names = head.substring(0, in);
        out.append(opening).append("set ").append(list).append(" = [] %}");
        out.append("{% for ").append(each).append(head, in, head.length()).append(" %}");
        out.append("{% for ").append(names).append(" in [").append(each).append("] %}");
        out.append("{% if ")
                .append(trims ? test.substring(0, test.length() - 1) : test)
                .append(" %}");
        out.append("{% do ").append(list).append(".append(").append(each).append(") %}");
        out.append("{% endif %}{% endfor %}{% endfor %}");
        out.append("{% for ").append(names).append(" in ").append(list).append(trims ? " -%}" : " %}");
    }

    /** Copies a tag up to its end, rewriting what is in it; returns where an {@code if} in its midst was written, or -1. */
    private int expression(String end) {
        out.append(source, at, at + 2);
        at += 2;
        afterOperand = false;
        afterIs = false;
        int condition = part(end, 0, false);
        int to = Math.min(source.length(), at + (source.startsWith("-", at) ? 3 : 2));
        out.append(source, at, to);
        at = to;
        return condition;
    }

    /**
     * Copies up to the tag's end or, within brackets, up to a comma or closing bracket, which is not copied.
     *
     * @param negated whether this is what a {@code not} stands before, which ends at some words too
     * @return where an {@code if} was written that stands behind an operand, or -1
     */
    private int part(String end, int depth, boolean negated) {
        int condition = -1;
        while (at < source.length() && !(depth == 0 && endsHere(end))) {
            char sign = source.charAt(at);
            if (depth > 0 && (sign == ',' || sign == ')' || sign == ']' || sign == '}')) {
                return condition;
            }
            if (sign == '\'' || sign == '"') {
                string(sign);
                afterOperand = true;
            } else if (source.startsWith("[::-1]", at)) {
                out.append("['" + REVERSED + "']");
                at += 6;
            } else if (sign == '(' || sign == '[' || sign == '{') {
                afterOperand = false;
                brackets(end, sign == '(');
                afterOperand = true;
            } else if (Character.isJavaIdentifierStart(sign)) {
                String word = word();
                if (negated && ENDS_OF_NOT.contains(word)) {
                    return condition;
                }
                if (word.equals("if") && afterOperand && depth == 0) {
                    condition = out.length();
                }
                name(word, end, depth);
            } else {
                out.append(sign);
                at++;
                afterOperand = Character.isWhitespace(sign) ? afterOperand : Character.isDigit(sign);
                afterIs &= Character.isWhitespace(sign);
            }
        }
        return condition;
    }

    private boolean endsHere(String end) {
        return source.startsWith(end, at) || source.startsWith("-" + end, at);
    }

    private void brackets(String end, boolean call) {
        out.append(source.charAt(at++));
        while (at < source.length()) {
            int value = call ? argumentValue() : -1;
            if (value > 0) {
                out.append(source, at, value).append('(');
                at = value;
                part(end, 1, false);
                out.append(')');
            } else {
                part(end, 1, false);
            }
            if (at == source.length()) {
                return;
            }
            char sign = source.charAt(at++);
            out.append(sign);
            if (sign != ',') {
                return;
            }
        }
    }

    /** Where the value begins if a named argument begins here, else -1. */
    private int argumentValue() {
        int i = skipSpace(at);
        int name = i;
        while (i < source.length() && Character.isJavaIdentifierPart(source.charAt(i))) {
            i++;
        }
        if (i == name) {
            return -1;
        }
        i = skipSpace(i);
        boolean assigned = i + 1 < source.length() && source.charAt(i) == '=' && source.charAt(i + 1) != '=';
        return assigned ? i + 1 : -1;
    }

    private int skipSpace(int from) {
        int i = from;
        while (i < source.length() && Character.isWhitespace(source.charAt(i))) {
            i++;
        }
        return i;
    }

    private void string(char quote) {
        int start = at++;
        while (at < source.length() && source.charAt(at) != quote) {
            at += source.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(source.length(), at + 1);
        out.append(source, start, at);
    }

    private String word() {
        int end = at;
        while (end < source.length() && Character.isJavaIdentifierPart(source.charAt(end))) {
            end++;
        }
        return source.substring(at, end);
    }

    private void name(String name, String end, int depth) {
        boolean member = at > 0 && source.charAt(at - 1) == '.';
        at += name.length();
        if (name.equals("not") && !member && !afterOperand && !afterIs) {
            out.append("not (");
            at = skipSpace(at);
            part(end, depth, true);
            out.append(") ");
            afterOperand = true;
            return;
        }
        boolean function = (name.equals("raise_exception") || name.equals("strftime_now"))
                && !member
                && skipSpace(at) < source.length()
                && source.charAt(skipSpace(at)) == '(';
        out.append(function ? FUNCTIONS + "." + name : name);
        afterIs = name.equals("is") && !member;
        afterOperand = member || !OPERATORS.contains(name);
    }
}
