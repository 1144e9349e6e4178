package dev.jeton.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sums of products by index letters: two operands at a time, each pair brought to a product of matrices.
 *
 * <p>Dimensions that three dots stand for get digits as their letters, counted from the last one.
 */
final class Einsum {
    /** An operand whose dimensions have names, one letter each. */
    private record Term(Tensor tensor, String letters) {
        long size(char letter) {
            int at = letters.indexOf(letter);
            return at < 0 ? 1 : tensor.size(at);
        }

        Term summedOver(Set<Character> dropped) {
            int[] dimensions = new int[letters.length()];
            int count = 0;
            StringBuilder rest = new StringBuilder();
            for (int i = 0; i < letters.length(); i++) {
                if (dropped.contains(letters.charAt(i))) {
                    dimensions[count++] = i;
                } else {
                    rest.append(letters.charAt(i));
                }
            }
            return count == 0 ? this : new Term(tensor.sum(false, Arrays.copyOf(dimensions, count)), rest.toString());
        }

        /** The dimensions in another order. */
        Tensor ordered(String order) {
            int[] dimensions = order.chars().map(letters::indexOf).toArray();
            return order.equals(letters) ? tensor : tensor.permute(dimensions);
        }
    }

    private final String equation;

    private Einsum(String equation) {
        this.equation = equation;
    }

    static Tensor of(String equation, List<Tensor> operands) {
        return new Einsum(equation).compute(operands);
    }

    private Tensor compute(List<Tensor> operands) {
        String[] sides = equation.replace(" ", "").split("->", -1);
        String[] groups = sides[0].split(",", -1);
        if (sides.length > 2 || groups.length != operands.size()) {
            throw new IllegalArgumentException(
                    "einsum: \"" + equation + "\" must have one group of letters for each of " + operands.size()
                            + " operands, and at most one ->");
        }
        List<Term> terms = new ArrayList<>();
        for (int i = 0; i < groups.length; i++) {
            terms.add(withoutRepetition(new Term(operands.get(i), named(groups[i], operands.get(i)))));
        }
        String result = sides.length == 2 ? namedResult(sides[1], terms) : implied(groups, terms);
        checkSizes(terms, result);
        Term product = terms.getFirst();
        for (int i = 1; i < terms.size(); i++) {
            Set<Character> needed = letters(result);
            terms.subList(i + 1, terms.size()).forEach(later -> needed.addAll(letters(later.letters)));
            product = product(product, terms.get(i), needed);
        }
        Set<Character> dropped = letters(product.letters);
        dropped.removeAll(letters(result));
        return product.summedOver(dropped).ordered(result);
    }

    // ---- two operands
    // ------------------------------------------------------------------------------------------------

    private static Term product(Term a, Term b, Set<Character> needed) {
        Term left = withoutLonely(a, b, needed);
        Term right = withoutLonely(b, a, needed);
        StringBuilder batch = new StringBuilder();
        StringBuilder rows = new StringBuilder();
        StringBuilder inner = new StringBuilder();
        for (char letter : left.letters.toCharArray()) {
            boolean shared = right.letters.indexOf(letter) >= 0;
            (!shared ? rows : needed.contains(letter) ? batch : inner).append(letter);
        }
        StringBuilder columns = new StringBuilder();
        for (char letter : right.letters.toCharArray()) {
            if (left.letters.indexOf(letter) < 0) {
                columns.append(letter);
            }
        }
        String all = batch.toString() + rows + columns;
        long[] sizes = all.chars()
                .mapToLong(c -> Math.max(left.size((char) c), right.size((char) c)))
                .toArray();
        Tensor x = matrices(left, right, batch.toString(), rows.toString(), inner.toString());
        Tensor y = matrices(right, left, batch.toString(), columns.toString(), inner.toString());
        Tensor product = batch.isEmpty()
                ? MatrixProduct.RIGHT_TRANSPOSED.of(x.reshape(x.size(1), x.size(2)), y.reshape(y.size(1), y.size(2)))
                : MatrixProduct.RIGHT_TRANSPOSED.of(x, y);
        return new Term(product.reshape(Shape.of(sizes)), all);
    }

    /** Sums over letters that neither the other operand nor anything later has. */
    private static Term withoutLonely(Term term, Term other, Set<Character> needed) {
        Set<Character> lonely = letters(term.letters);
        lonely.removeAll(letters(other.letters));
        lonely.removeAll(needed);
        return term.summedOver(lonely);
    }

    /** Returns an operand as {@code [batch, own, inner]}, with sizes of 1 repeated where the other operand has more. */
    private static Tensor matrices(Term term, Term other, String batch, String own, String inner) {
        String order = batch + own + inner;
        long[] sizes = new long[order.length()];
        for (int i = 0; i < sizes.length; i++) {
            long theirs = other.size(order.charAt(i));
            long mine = term.size(order.charAt(i));
            sizes[i] = mine == 1 ? theirs : mine;
        }
        Tensor ordered = term.ordered(order);
        Shape full = Shape.of(sizes);
        Tensor repeated = ordered.shape().equals(full) ? ordered : ordered.expand(full);
        return repeated.reshape(Shape.of(
                product(sizes, 0, batch.length()),
                product(sizes, batch.length(), batch.length() + own.length()),
                product(sizes, batch.length() + own.length(), sizes.length)));
    }

    private static long product(long[] sizes, int from, int to) {
        return Arrays.stream(sizes, from, to).reduce(1, (a, b) -> a * b);
    }

    // ---- letters
    // -----------------------------------------------------------------------------------------------------

    /** Returns the letters of an operand's dimensions, three dots replaced. */
    private String named(String group, Tensor operand) {
        int dots = group.indexOf("...");
        String plain = dots < 0 ? group : group.substring(0, dots) + group.substring(dots + 3);
        if (!plain.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
            throw new IllegalArgumentException("einsum: \"" + equation + "\" must be made of letters, commas, one ... a"
                    + " group and ->: \"" + group + "\"");
        }
        int open = operand.rank() - plain.length();
        if (open < 0 || (open > 0 && dots < 0) || open > 10) {
            throw new ShapeException(
                    "einsum: \"" + group + "\" of \"" + equation + "\" does not fit shape " + operand.shape());
        }
        return dots < 0 ? plain : group.substring(0, dots) + digits(open) + group.substring(dots + 3);
    }

    private static String digits(int count) {
        return "9876543210".substring(10 - count);
    }

    private String namedResult(String group, List<Term> terms) {
        int most = terms.stream()
                .mapToInt(term -> Math.toIntExact(
                        term.letters.chars().filter(Character::isDigit).count()))
                .max()
                .orElse(0);
        String result = group.replace("...", digits(most));
        Set<Character> unknown = letters(result);
        if (unknown.size() != result.length()) {
            throw new IllegalArgumentException("einsum: \"" + equation + "\" repeats a letter in its result");
        }
        terms.forEach(term -> unknown.removeAll(letters(term.letters)));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "einsum: \"" + equation + "\" has letters in its result that no operand has: " + unknown);
        }
        return result;
    }

    /** Returns what three dots stand for, then the letters that occur once, in alphabetical order. */
    private static String implied(String[] groups, List<Term> terms) {
        String all = String.join("", groups);
        Set<Character> sorted = new TreeSet<>();
        terms.forEach(term -> sorted.addAll(letters(term.letters)));
        StringBuilder digits = new StringBuilder();
        StringBuilder once = new StringBuilder();
        for (char letter : sorted) {
            if (Character.isDigit(letter)) {
                digits.append(letter);
            } else if (all.indexOf(letter) == all.lastIndexOf(letter)) {
                once.append(letter);
            }
        }
        return digits.reverse().append(once).toString();
    }

    private static Set<Character> letters(String text) {
        Set<Character> letters = new LinkedHashSet<>();
        text.chars().forEach(c -> letters.add((char) c));
        return letters;
    }

    private void checkSizes(List<Term> terms, String result) {
        Set<Character> all = letters(result);
        terms.forEach(term -> all.addAll(letters(term.letters)));
        for (char letter : all) {
            long size = 1;
            for (Term term : terms) {
                long own = term.size(letter);
                if (own != 1 && size != 1 && own != size) {
                    throw new ShapeException("einsum: sizes of '" + letter + "' in \"" + equation
                            + "\" must be equal or 1: " + size + " ≠ " + own);
                }
                size = own == 1 ? size : own;
            }
        }
    }

    /** Replaces dimensions that share a letter by their diagonal. */
    private Term withoutRepetition(Term term) {
        for (int i = 0; i < term.letters.length(); i++) {
            int second = term.letters.indexOf(term.letters.charAt(i), i + 1);
            if (second > 0) {
                return withoutRepetition(diagonal(term, i, second));
            }
        }
        return term;
    }

    private Term diagonal(Term term, int first, int second) {
        Tensor x = term.tensor;
        long size = x.size(first);
        if (x.size(second) != size) {
            throw new ShapeException("einsum: dimensions with one letter must have one size: \"" + term.letters
                    + "\" of \"" + equation + "\", shape " + x.shape());
        }
        long[] sizes = new long[x.rank()];
        Arrays.fill(sizes, 1);
        sizes[first] = size;
        sizes[second] = size;
        Tensor places = Tensor.arange(size).to(x.device());
        Tensor same = places.reshape(size, 1).eq(places).reshape(Shape.of(sizes));
        Tensor zeroElsewhere = x.mul(same.to(x.dtype()));
        String rest = new StringBuilder(term.letters).deleteCharAt(second).toString();
        return new Term(zeroElsewhere.sum(false, second), rest);
    }
}
