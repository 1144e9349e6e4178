package dev.jeton.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jeton.train.Curve.Point;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportTest {
    @Test
    void holdsEverythingInOneFile(@TempDir Path folder) throws Exception {
        Report report = Report.titled("Codes & <pictures>");
        report.section("What was done")
                .text("1 < 2")
                .preformatted("  12 34")
                .table(List.of("metric", "value"), List.of(List.of("loss", "0.5")))
                .picture("a pixel", EventFileTest.PNG);
        report.section("Curves").curves("loss by step", List.of(line("train", 5), line("validation", 5)));
        Path file = folder.resolve("report.html");
        report.write(file);

        String html = Files.readString(file);
        assertThat(html)
                .contains("<h1>Codes &amp; &lt;pictures&gt;</h1>")
                .contains("<p>1 &lt; 2</p>")
                .contains("<pre>  12 34</pre>")
                .contains("<td>loss</td><td>0.5</td>")
                .contains("src=\"data:image/png;base64,iVBORw0KGgo")
                .containsOnlyOnce("<svg")
                .doesNotContain("http");
    }

    @Test
    void drawsAChartThatIsXml() throws Exception {
        String svg = Chart.svg(List.of(line("a", 100_000)));
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(String.valueOf(svg))));
        assertThat(document.getElementsByTagName("path").getLength()).isGreaterThan(4);
        assertThat(svg.length()).isLessThan(20_000); // 100,000 points are thinned
    }

    @Test
    void leavesAGapWhereAValueIsMissing() {
        String svg = Chart.svg(List.of(new Curve(
                "a",
                List.of(
                        new Point(0, 1),
                        new Point(1, 2),
                        new Point(2, Double.NaN),
                        new Point(3, 2),
                        new Point(4, 1)))));
        String path = String.valueOf(svg).replaceAll(".*class=\"curve c0\" d=\"([^\"]*)\".*", "$1");
        assertThat(path.chars().filter(c -> c == 'M').count()).isEqualTo(2);
        assertThat(path).doesNotContain("NaN");
    }

    @Test
    void leavesOutAChartWithoutPoints() {
        Report report = Report.titled("t");
        report.section("s").curves("nothing", List.of(new Curve("a", List.of(new Point(1, Double.NaN)))));
        assertThat(report.toHtml()).doesNotContain("<svg");
    }

    @Test
    void refusesARowOfAnotherLength() {
        var section = Report.titled("t").section("s");
        assertThatThrownBy(() -> section.table(List.of("a", "b"), List.of(List.of("1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 cells");
    }

    private static Curve line(String name, int points) {
        return new Curve(
                name,
                IntStream.range(0, points)
                        .mapToObj(i -> new Point(i, 1.0 / (1 + i)))
                        .toList());
    }
}
