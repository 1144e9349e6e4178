package dev.jeton.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Maps keep together what is together. */
final class WordMapTest {
    private static final int GROUPS = 3;
    private static final int MEMBERS = 200;

    @TempDir
    private Path folder;

    /** Three groups of words, each about a direction of its own; the word's last letter names its group. */
    private static WordVectors groups() {
        Randoms random = new Randoms(8, 0, 0);
        Map<String, float[]> map = new LinkedHashMap<>();
        for (int i = 0; i < GROUPS * MEMBERS; i++) {
            float[] vector = new float[12];
            for (int d = 0; d < vector.length; d++) {
                vector[d] = random.centred() + (d == i % GROUPS ? 2 : 0);
            }
            map.put("word" + i + (char) ('a' + i % GROUPS), vector);
        }
        return WordVectors.of(map);
    }

    static Stream<Projection> projections() {
        return Stream.of(new Projection.PrincipalComponents(), new Projection.TSne(10), new Projection.Umap(8));
    }

    @ParameterizedTest
    @MethodSource("projections")
    void groupsStayTogether(Projection projection) {
        WordMap map = WordMap.of(groups(), 1000, projection, 5);
        assertThat(map.size()).isEqualTo(GROUPS * MEMBERS);
        long strangers = IntStream.range(0, map.size())
                .mapToLong(word -> nearestPlaces(map, word)
                        .filter(other -> other % GROUPS != word % GROUPS)
                        .count())
                .sum();
        assertThat(strangers).as("of %d", 5 * map.size()).isLessThan(60);
        WordMap again = WordMap.of(groups(), 1000, projection, 5);
        assertThat(again.x(7)).isEqualTo(map.x(7));
        assertThat(again.neighbours(7)).isEqualTo(map.neighbours(7)).hasSize(10);
    }

    private static Stream<Integer> nearestPlaces(WordMap map, int word) {
        return IntStream.range(0, map.size())
                .filter(other -> other != word)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        other -> Math.hypot(map.x(other) - map.x(word), map.y(other) - map.y(word))))
                .limit(5);
    }

    @Test
    void thePrincipalPlaneIsTheWidest() {
        Randoms random = new Randoms(2, 0, 0);
        double[][] points = new double[500][4];
        for (double[] point : points) {
            point[0] = random.centred();
            point[1] = 10 * random.centred() + 3;
            point[2] = 5 * random.centred();
            point[3] = random.centred();
        }
        double[][] before = java.util.Arrays.stream(points).map(double[]::clone).toArray(double[][]::new);
        double[][] places = PrincipalPlane.project(points, 1);
        double mean =
                java.util.Arrays.stream(before).mapToDouble(p -> p[1]).average().orElseThrow();
        for (int i = 0; i < 500; i++) {
            assertThat(Math.abs(places[i][0])).isCloseTo(Math.abs(before[i][1] - mean), within(0.15));
        }
    }

    @Test
    void thePageAndThePictureHoldTheWords() throws IOException {
        WordVectors vectors = groups().renamed("word3a", "</script>\"é");
        WordMap map = WordMap.of(vectors, 1000, new Projection.PrincipalComponents(), 1);
        map.saveHtml(folder.resolve("map.html"));
        String page = Files.readString(folder.resolve("map.html"));
        assertThat(page).contains("\\u003c/script>\\\"é").contains("word119c").doesNotContain("/*DATA*/");
        assertThat(page.split("</script>", -1)).hasSize(2);
        assertThat(page).as("needs nothing from elsewhere").doesNotContain("http");
        map.savePng(folder.resolve("map.png"), 300);
        var picture = ImageIO.read(folder.resolve("map.png").toFile());
        assertThat(picture.getWidth()).isEqualTo(300);
        assertThat(IntStream.range(0, 300 * 300)
                        .filter(i -> (picture.getRGB(i % 300, i / 300) & 0xFFFFFF) != 0xFFFFFF)
                        .count())
                .as("inked pixels")
                .isBetween(500L, 60_000L);
    }

    @Test
    void mistakesAreSaid() {
        assertThatThrownBy(() -> WordMap.of(groups(), 3, new Projection.Umap(5), 1))
                .hasMessageContaining("at least 4");
        assertThatThrownBy(() -> new Projection.TSne(0)).hasMessageContaining("perplexity");
        assertThatThrownBy(() -> new Projection.Umap(1)).hasMessageContaining("at least 2");
    }
}
