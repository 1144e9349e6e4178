package dev.jeton.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hand-written scanners cut as the regular expressions do. */
class WordScannerTest {
    private static final String[] PIECES = {
        " ", " ", "  ", "\n", "\r\n", "\t", "\u00A0", "\u3000", "\u2028", "\u0085", "'", "'s", "'S", "'Ll", "'re",
        "'\u017F", "'v", "a", "Z", "hello", "World", "É", "ß", "Ǆ", "ǅ", "中", "文", "ʰ", "\u0301", "\u20DD", "\u0903",
        "0", "7", "٣", "Ⅷ", "½", "!", "/", "//", ".", "_", "-", "€", "😀", "\u200D", "\uFEFF", "\u0000", "𐐀", "𝒜",
        "\uD800", "\uDC00", "ı", "İ", "K"
    };

    private static final String[] CONTRACTIONS = {"'s", "'t", "'re", "'LL", "'lL", "'Ve", "a'd", "'m", "'", "l", "e"};

    enum Known {
        GPT2(KnownPatterns.GPT2, new Gpt2Scanner()),
        CL100K(KnownPatterns.CL100K, new Cl100kScanner(true)),
        QWEN2(KnownPatterns.QWEN2, new Cl100kScanner(false)),
        O200K(KnownPatterns.O200K, new O200kScanner(true, true)),
        TEKKEN(KnownPatterns.TEKKEN, new O200kScanner(false, false));

        private final Pattern pattern;
        private final WordScanner scanner;

        Known(String regex, WordScanner scanner) {
            pattern = Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
            this.scanner = scanner;
        }
    }

    @ParameterizedTest
    @EnumSource
    void equalsTheRegularExpression(Known known) {
        check(known, 100_000, 1);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void equalsTheRegularExpressionOnTenMillionStrings(Known known) {
        check(known, 10_000_000, 2);
    }

    private static void check(Known known, int strings, long seed) {
        var random = new Random(seed);
        for (int i = 0; i < strings; i++) {
            String text = random.nextBoolean() ? text(random) : ascii(random);
            List<String> expected = new ArrayList<>();
            Matcher matcher = known.pattern.matcher(text);
            while (matcher.find()) {
                expected.add(matcher.group());
            }
            List<String> cut = cut(known.scanner, text, i % 2 == 0 ? 512 : 2);
            if (!cut.equals(expected)) {
                assertThat(cut).as("seed %d, string %d", seed, i).isEqualTo(expected);
            }
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        int parts = 1 + random.nextInt(10);
        for (int i = 0; i < parts; i++) {
            if (random.nextInt(20) == 0) {
                text.appendCodePoint(random.nextInt(0x3000));
            } else {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }

    /** Long enough for the scanners to go by many bytes at a time. */
    private static String ascii(Random random) {
        var text = new StringBuilder();
        int parts = 1 + random.nextInt(80);
        boolean apostrophes = random.nextInt(3) == 0;
        for (int i = 0; i < parts; i++) {
            switch (random.nextInt(apostrophes ? 8 : 6)) {
                case 0 -> text.append(" ");
                case 1 -> text.append("\n\r \t/'(".charAt(random.nextInt(7)));
                case 2 -> text.append((char) random.nextInt(0x80));
                case 3 -> text.append((char) ('0' + random.nextInt(10)));
                case 4 -> text.append(random.nextInt(30) == 0 ? "x".repeat(random.nextInt(140)) : "Zo");
                case 5 -> text.append(random.nextInt(60) == 0 ? "é" : "ab");
                default -> text.append(CONTRACTIONS[random.nextInt(CONTRACTIONS.length)]);
            }
        }
        return text.toString();
    }

    private static List<String> cut(WordScanner scanner, String text, int room) {
        byte[] bytes = Utf8.encode(text);
        byte[] padded = Arrays.copyOf(bytes, bytes.length + Scratch.PADDING);
        var result = new ArrayList<String>();
        int[] spans = new int[room];
        for (int at = 0; at < bytes.length; ) {
            int count = scanner.scan(padded, at, bytes.length, spans);
            for (int i = 0; i < count; i++) {
                assertThat(spans[2 * i]).isEqualTo(at);
                at = spans[2 * i + 1];
                result.add(Utf8.string(padded, spans[2 * i], at));
            }
        }
        return result;
    }
}
