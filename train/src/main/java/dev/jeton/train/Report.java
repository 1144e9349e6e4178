package dev.jeton.train;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A report as one HTML file that needs nothing beside it: texts, tables, curves and pictures, section by section.
 *
 * <pre>{@code
 * var report = Report.titled("Mosaic as codes");
 * report.section("Reconstructions").picture("originals above, reconstructions below", png);
 * report.write(folder.resolve("report.html"));
 * }</pre>
 */
public final class Report {
    private static final String TEMPLATE = "report.html.mustache";

    private final String title;
    private final List<Section> sections = new ArrayList<>();

    private Report(String title) {
        this.title = title;
    }

    /** Begins a report. */
    public static Report titled(String title) {
        return new Report(title);
    }

    /** Adds a section, to be filled. */
    public Section section(String heading) {
        Section section = new Section(heading);
        sections.add(section);
        return section;
    }

    /** A part of a report: blocks below a heading, in the order in which they are added. */
    public static final class Section {
        private final String heading;

        /** What the template sees of each block: one entry, named after its kind. */
        private final List<Map<String, Object>> blocks = new ArrayList<>();

        private Section(String heading) {
            this.heading = heading;
        }

        /** Adds a paragraph. */
        public Section text(String paragraph) {
            return add("text", paragraph);
        }

        /** Adds lines as they are, in letters of one width. */
        public Section preformatted(String lines) {
            return add("preformatted", lines);
        }

        /**
         * Adds a picture.
         *
         * @param caption below it
         * @param png a PNG file's content
         */
        public Section picture(String caption, byte[] png) {
            return add(
                    "picture",
                    Map.of("caption", caption, "base64", Base64.getEncoder().encodeToString(png)));
        }

        /**
         * Adds a table.
         *
         * @throws IllegalArgumentException if a row has more or fewer cells than the heads
         */
        public Section table(List<String> heads, List<List<String>> rows) {
            for (List<String> row : rows) {
                if (row.size() != heads.size()) {
                    throw new IllegalArgumentException(
                            "table: each row must have " + heads.size() + " cells, one has " + row.size() + ": " + row);
                }
            }
            return add("table", Map.of("heads", heads, "rows", rows));
        }

        /** Adds a chart of curves over the same x; one without any finite point is left out. */
        public Section curves(String caption, List<Curve> curves) {
            String svg = Chart.svg(curves);
            if (svg == null) {
                return this;
            }
            List<Map<String, Object>> legend = IntStream.range(0, curves.size())
                    .mapToObj(i -> Map.<String, Object>of(
                            "colour", i % 6, "name", curves.get(i).name(), "last", last(curves.get(i))))
                    .toList();
            return add("curves", Map.of("caption", caption, "svg", svg, "legend", legend));
        }

        private static String last(Curve curve) {
            return curve.points().isEmpty()
                    ? ""
                    : StatusText.number(curve.points().getLast().y());
        }

        private Section add(String kind, Object content) {
            blocks.add(Map.of(kind, content));
            return this;
        }

        private Map<String, Object> asMap() {
            return Map.of("heading", heading, "blocks", blocks);
        }
    }

    /** Returns the page. */
    public String toHtml() {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("title", title);
        page.put("sections", sections.stream().map(Section::asMap).toList());
        return template().execute(page);
    }

    /** Writes the page to a file, in one step. */
    public void write(Path file) {
        try {
            DurableFiles.write(file, toHtml().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e, e);
        }
    }

    private static Template template() {
        try (InputStream in = Report.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + TEMPLATE);
            }
            return Mustache.compiler().compile(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
