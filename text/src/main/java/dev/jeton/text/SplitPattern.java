package dev.jeton.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a normaliser replaces or a pre-tokeniser cuts at: a string, or a regular expression in the dialect of Oniguruma, whose
 * classes know Unicode.
 */
final class SplitPattern {
    private static final Pattern SCRIPT_OR_CATEGORY = Pattern.compile("\\\\([pP])\\{(\\^?)([A-Za-z_]+)\\}");

    private final String text;
    private final boolean regex;
    private final Pattern compiled;

    private SplitPattern(String text, boolean regex, Pattern compiled) {
        this.text = text;
        this.regex = regex;
        this.compiled = compiled;
    }

    static SplitPattern literal(String text) {
        return new SplitPattern(text, false, Pattern.compile(Pattern.quote(text)));
    }

    static SplitPattern regex(String text) {
        try {
            return new SplitPattern(text, true, Pattern.compile(inJava(text), Pattern.UNICODE_CHARACTER_CLASS));
        } catch (PatternSyntaxException e) {
            throw new TokenizerException(
                    "regular expression: " + e.getDescription() + " at " + e.getIndex() + " of " + text, e);
        }
    }

    String text() {
        return text;
    }

    boolean isRegex() {
        return regex;
    }

    Matcher matcher(CharSequence input) {
        return compiled.matcher(input);
    }

    /** The next match; an expression that needs more stack than there is gets a message instead of an error. */
    static boolean find(Matcher matcher) {
        try {
            return matcher.find();
        } catch (StackOverflowError e) {
            throw new TokenizerException(
                    "regular expression: out of stack on this text; the expression repeats a group: "
                            + matcher.pattern(),
                    e);
        }
    }

    /** Oniguruma's names of scripts are plain; Java's begin with Is. */
    private static String inJava(String regex) {
        Matcher matcher = SCRIPT_OR_CATEGORY.matcher(regex);
        var result = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(3);
            String java = name.length() <= 2 || name.startsWith("Is") || name.startsWith("In") ? name : "Is" + name;
            boolean negated = matcher.group(1).equals("P") != !matcher.group(2).isEmpty();
            matcher.appendReplacement(result, Matcher.quoteReplacement((negated ? "\\P{" : "\\p{") + java + "}"));
        }
        return matcher.appendTail(result).toString();
    }

    /** Cuts a text; the pieces say whether they matched. */
    List<Piece> pieces(AlignedText text) {
        String string = text.toString();
        Matcher matcher = matcher(string);
        var result = new ArrayList<Piece>();
        int units = 0;
        int points = 0;
        while (!this.text.isEmpty() && find(matcher)) {
            if (matcher.start() > units) {
                int next = points + string.codePointCount(units, matcher.start());
                result.add(new Piece(points, next, false));
                points = next;
            }
            int next = points + string.codePointCount(matcher.start(), matcher.end());
            result.add(new Piece(points, next, true));
            points = next;
            units = matcher.end();
        }
        if (points < text.size()) {
            result.add(new Piece(points, text.size(), false));
        }
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SplitPattern that && regex == that.regex && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    /** A part of a text, by index of code point, and whether it is a match. */
    record Piece(int from, int to, boolean match) {}

    /** What becomes of the matches when a text is cut at them. */
    enum Behavior {
        REMOVED,
        ISOLATED,
        MERGED_WITH_PREVIOUS,
        MERGED_WITH_NEXT,
        CONTIGUOUS;

        /** The parts that remain, none of them empty. */
        List<Piece> apply(List<Piece> pieces) {
            List<Piece> result = new ArrayList<>();
            boolean open = false;
            for (int i = 0; i < pieces.size(); i++) {
                Piece piece = this == MERGED_WITH_NEXT ? pieces.get(pieces.size() - 1 - i) : pieces.get(i);
                boolean joins = switch (this) {
                    case REMOVED, ISOLATED -> false;
                    case MERGED_WITH_PREVIOUS, MERGED_WITH_NEXT -> piece.match() && open;
                    case CONTIGUOUS -> i > 0 && piece.match() == open;
                };
                if (joins) {
                    Piece last = result.removeLast();
                    result.add(new Piece(
                            Math.min(last.from(), piece.from()), Math.max(last.to(), piece.to()), piece.match()));
                } else if (this != REMOVED || !piece.match()) {
                    result.add(piece);
                }
                open = this == CONTIGUOUS ? piece.match() : !piece.match();
            }
            result.removeIf(piece -> piece.from() == piece.to());
            return this == MERGED_WITH_NEXT ? result.reversed() : result;
        }
    }
}
