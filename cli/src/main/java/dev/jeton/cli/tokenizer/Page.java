package dev.jeton.cli.tokenizer;

import java.util.HexFormat;
import java.util.List;

/** A page that shows a text's tokens: in colours, as ids, as bytes. One file that needs nothing else. */
final class Page {
    private static final String STYLE = """
            :root { color-scheme: light dark; --a: #b8d8f8; --b: #c0f0c8; --c: #f8dfa8; --d: #f8c4d4; --e: #d8d0f8; --ink: #111; }
            @media (prefers-color-scheme: dark) { :root { --a: #1c4a70; --b: #1c5a34; --c: #67480f; --d: #6d2744; --e: #44377a; --ink: #eee; } }
            body { font: 16px/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            section { display: none; white-space: pre-wrap; overflow-wrap: anywhere; font-family: ui-monospace, monospace; margin-top: 1rem; }
            span { color: var(--ink); border-radius: 3px; }
            span:nth-of-type(5n+1) { background: var(--a); } span:nth-of-type(5n+2) { background: var(--b); }
            span:nth-of-type(5n+3) { background: var(--c); } span:nth-of-type(5n+4) { background: var(--d); }
            span:nth-of-type(5n+5) { background: var(--e); } span.special { outline: 1px dashed; }
            #ids span, #bytes span { padding: 0 .3em; margin: 0 .15em .15em 0; display: inline-block; }
            #t:checked ~ #text, #i:checked ~ #ids, #b:checked ~ #bytes { display: block; }
            dl { display: flex; gap: 2rem; } dt { opacity: .7; } dd { margin: 0; font-size: 1.5rem; }
            """;

    private Page() {}

    static String of(String name, List<Piece> pieces, String text) {
        var page = new StringBuilder(
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s</title>
                <style>
                %2$s</style>
                </head>
                <body>
                <h1>%1$s</h1>
                <dl><div><dt>tokens</dt><dd>%3$,d</dd></div><div><dt>characters</dt><dd>%4$,d</dd></div></dl>
                <input type="radio" name="view" id="t" checked><label for="t">Text</label>
                <input type="radio" name="view" id="i"><label for="i">Ids</label>
                <input type="radio" name="view" id="b"><label for="b">Bytes</label>
                """.formatted(escape(name), STYLE, pieces.size(), text.codePointCount(0, text.length())));
        section(page, "text", pieces, piece -> escape(piece.text()).replace("\n", "↵\n"));
        section(page, "ids", pieces, piece -> Integer.toString(piece.id()));
        section(
                page,
                "bytes",
                pieces,
                piece -> HexFormat.ofDelimiter(" ").withUpperCase().formatHex(piece.bytes()));
        return page.append("</body>\n</html>\n").toString();
    }

    private static void section(
            StringBuilder page, String id, List<Piece> pieces, java.util.function.Function<Piece, String> show) {
        page.append("<section id=\"").append(id).append("\">");
        for (Piece piece : pieces) {
            page.append(piece.special() ? "<span class=\"special\" title=\"" : "<span title=\"")
                    .append(piece.id())
                    .append(" · ")
                    .append(escape(piece.token()))
                    .append("\">")
                    .append(show.apply(piece))
                    .append("</span>");
        }
        page.append("</section>\n");
    }

    /** Half a surrogate pair cannot be written in UTF-8: it is shown by its number. */
    private static String escape(String text) {
        var result = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> result.append("&amp;");
                case '<' -> result.append("&lt;");
                case '>' -> result.append("&gt;");
                case '"' -> result.append("&quot;");
                default -> {
                    boolean control = Character.isISOControl(point) && point != '\n' && point != '\t';
                    boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
                    if (control || half) {
                        result.append("\\u%04X".formatted(point));
                    } else {
                        result.appendCodePoint(point);
                    }
                }
            }
        });
        return result.toString();
    }
}
