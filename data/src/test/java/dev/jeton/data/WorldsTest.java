package dev.jeton.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.zip.CRC32;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worlds that are drawn on the spot. */
class WorldsTest {
    /** These sums are the promise that a seed means the same pictures on every platform and in every later version. */
    @Test
    void everyPlatformDrawsTheSamePictures() {
        assertThat(sum(Mosaic.images(32, 1), 500)).isEqualTo("bffaecc5");
        assertThat(sum(Mosaic.images(67, -5), 100)).isEqualTo("a4f99de1");
        assertThat(sum(Glyphs.images(1), 1000)).isEqualTo("b4291ca7");
    }

    private static String sum(ImageSource images, int count) {
        var sum = new CRC32();
        for (int i = 0; i < count; i++) {
            sum.update(images.pixels(i));
        }
        return Long.toHexString(sum.getValue());
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 32, 64, 131})
    void mosaicDrawsAnySide(int side) {
        Mosaic mosaic = Mosaic.images(side, 3);
        assertThat(mosaic.pixels(7)).hasSize(3 * side * side);
        assertThat(mosaic.scene(7)).isEqualTo(Mosaic.images(32, 3).scene(7));
    }

    @Test
    void mosaicRefusesSidesItCannotDraw() {
        assertThatThrownBy(() -> Mosaic.images(15, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16..4096 pixels, got 15");
    }

    @Test
    void everyIndexAndSeedIsAnotherPicture() {
        var seen = new HashSet<String>();
        for (long seed = 0; seed < 20; seed++) {
            for (int index : new int[] {0, 1, 2, 19, Integer.MAX_VALUE - 1}) {
                Mosaic mosaic = Mosaic.images(16, seed);
                Glyphs glyphs = Glyphs.images(seed);
                assertThat(seen.add(new String(mosaic.pixels(index), StandardCharsets.ISO_8859_1)))
                        .isTrue();
                assertThat(seen.add(new String(glyphs.pixels(index), StandardCharsets.ISO_8859_1)))
                        .isTrue();
            }
        }
        assertThatThrownBy(() -> Glyphs.images(0).pixels(Integer.MAX_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void factorsCaptionAndLabelAgree() {
        Mosaic mosaic = Mosaic.images(32, 11);
        for (int i = 0; i < 2000; i++) {
            Scene scene = mosaic.scene(i);
            assertThat(scene.figures()).hasSizeBetween(1, 3);
            assertThat(mosaic.labelNames().get(mosaic.label(i)))
                    .isEqualTo(Scene.word(scene.main().shape()));
            String caption = mosaic.caption(i);
            for (Scene.Figure figure : scene.figures()) {
                assertThat(caption).contains(figure.toString());
                assertThat(figure.size().radius)
                        .isLessThanOrEqualTo(scene.main().size().radius);
            }
            assertThat(caption).startsWith("a ").endsWith(Scene.word(scene.texture()));
        }
    }

    @Test
    void captionsReadAsEnglish() {
        var star = new Scene.Figure(Scene.Shape.STAR, Scene.Colour.BLUE, Scene.Size.LARGE, 0.3, 0.3, 0);
        var ring = new Scene.Figure(Scene.Shape.RING, Scene.Colour.RED, Scene.Size.SMALL, 0.4, 0.8, 0);
        var middle = new Scene.Figure(Scene.Shape.MOON, Scene.Colour.PINK, Scene.Size.SMALL, 0.5, 0.5, 0);
        var navy = Scene.Tone.NAVY;
        var tiles = Scene.Texture.TILES;
        assertThat(new Scene(tiles, navy, List.of(star)).caption())
                .isEqualTo("a large blue star in the upper left on navy tiles");
        assertThat(new Scene(tiles, navy, List.of(middle)).caption())
                .isEqualTo("a small pink moon in the middle on navy tiles");
        assertThat(new Scene(tiles, navy, List.of(star, ring)).caption())
                .isEqualTo("a large blue star above a small red ring on navy tiles");
        assertThat(new Scene(tiles, navy, List.of(star, ring, middle)).caption())
                .isEqualTo("a large blue star, a small red ring and a small pink moon on navy tiles");
    }

    /** A figure is where its factors say and has their colour: the pixel at the centre of every filled shape. */
    @Test
    void figuresAreDrawnWhereTheFactorsSay() {
        Mosaic mosaic = Mosaic.images(64, 5);
        int checked = 0;
        for (int i = 0; i < 500; i++) {
            byte[] pixels = mosaic.pixels(i);
            for (Scene.Figure figure : mosaic.scene(i).figures()) {
                if (figure.shape() == Scene.Shape.RING || figure.shape() == Scene.Shape.MOON) {
                    continue;
                }
                int at = (int) (figure.y() * 64) * 64 + (int) (figure.x() * 64);
                for (int c = 0; c < 3; c++) {
                    int wanted = figure.colour().rgb >> (16 - 8 * c) & 0xff;
                    assertThat(pixels[c * 64 * 64 + at] & 0xff)
                            .isBetween((int) (wanted * 0.95), (int) (wanted * 1.1) + 1);
                }
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(500);
    }

    @Test
    void labelsComeEquallyOften() {
        for (ImageSource world : new ImageSource[] {Mosaic.images(16, 2), Glyphs.images(2)}) {
            int labels = world.labelNames().size();
            int[] count = new int[labels];
            for (int i = 0; i < 10_000; i++) {
                count[world.label(i)]++;
            }
            for (int n : count) {
                // five standard deviations
                assertThat(n).isCloseTo(10_000 / labels, Offset.offset(170));
            }
        }
    }

    /** Glyphs can be told apart by how their ink lies: each is nearest to the mean picture of its own digit, mostly. */
    @Test
    void glyphsLookLikeTheirDigits() {
        Glyphs glyphs = Glyphs.images(7);
        float[][] mean = new float[10][28 * 28];
        for (int i = 0; i < 4000; i++) {
            add(mean[glyphs.label(i)], glyphs.pixels(i), 1f / 400);
        }
        int right = 0;
        for (int i = 4000; i < 4500; i++) {
            right += nearest(mean, glyphs.pixels(i)) == glyphs.label(i) ? 1 : 0;
        }
        assertThat(right).isGreaterThan(350);
    }

    private static void add(float[] sum, byte[] pixels, float weight) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * (pixels[i] & 0xff);
        }
    }

    private static int nearest(float[][] means, byte[] pixels) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int label = 0; label < means.length; label++) {
            double distance = 0;
            for (int i = 0; i < pixels.length; i++) {
                double d = means[label][i] - (pixels[i] & 0xff);
                distance += d * d;
            }
            if (distance < least) {
                least = distance;
                best = label;
            }
        }
        return best;
    }

    @Test
    void rangesKeepPicturesAndFactors() {
        Mosaic part = Mosaic.images(32, 9).range(100, 200).skip(10).take(5);
        assertThat(part.size()).isEqualTo(5);
        assertThat(part.pixels(2)).isEqualTo(Mosaic.images(32, 9).pixels(112));
        assertThat(part.caption(2)).isEqualTo(Mosaic.images(32, 9).caption(112));
        assertThat(Glyphs.images(9).range(100, 200).skip(10).pixels(2))
                .isEqualTo(Glyphs.images(9).pixels(112));
        assertThatThrownBy(() -> part.pixels(5)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
