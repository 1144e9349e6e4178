package dev.jeton.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding, colours and sizes. */
class PicturesTest {
    /** PyTorch 2.13: {@code floor(interpolate(x, size, mode="bilinear", antialias=True) + 0.5)}. */
    @Test
    void resizesAsPyTorchDoes() {
        byte[] pixels = new byte[9 * 11];
        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 11; x++) {
                pixels[y * 11 + x] = (byte) (37 * y + 91 * x + y * x % 13 * 11);
            }
        }
        var image = new Planes(new ImageShape(1, 9, 11), pixels);
        assertThat(resize(image, 4, 5))
                .containsExactly(
                        102, 120, 119, 154, 111, 133, 126, 113, 137, 107, 132, 128, 95, 101, 107, 135, 155, 151, 138,
                        150);
        assertThat(resize(image, 3, 16))
                .containsExactly(
                        46, 102, 153, 159, 127, 107, 113, 107, 118, 146, 171, 159, 129, 144, 109, 62, 148, 129, 117,
                        132, 135, 120, 82, 101, 107, 101, 100, 118, 140, 103, 92, 93, 90, 127, 162, 170, 142, 135, 165,
                        144, 120, 101, 165, 139, 67, 110, 159, 199);
        assertThat(resize(image, 13, 3))
                .containsExactly(
                        85, 118, 123, 115, 124, 129, 133, 130, 134, 110, 133, 133, 142, 130, 135, 140, 116, 119, 89, 87,
                        80, 140, 88, 107, 142, 108, 107, 111, 135, 91, 125, 112, 127, 155, 152, 155, 185, 209, 173);
    }

    private static int[] resize(Planes image, int height, int width) {
        byte[] resized = image.to(new ImageShape(1, height, width), Fit.STRETCH).pixels();
        int[] values = new int[resized.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = resized[i] & 0xff;
        }
        return values;
    }

    @Test
    void cropsTheCentreAndStretchesWhenAsked() {
        // four columns, the target is square: the outer columns go
        var image = new Planes(new ImageShape(1, 2, 4), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        assertThat(image.to(new ImageShape(1, 2, 2), Fit.CROP).pixels()).containsExactly(2, 3, 6, 7);
        assertThat(image.to(new ImageShape(1, 1, 1), Fit.STRETCH).pixels()).containsExactly(5);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_4BYTE_ABGR_PRE,
                BufferedImage.TYPE_INT_BGR
            })
    void everyKindOfPictureHasItsColours(int type) {
        var picture = new BufferedImage(2, 1, type);
        picture.setRGB(0, 0, new Color(200, 100, 7).getRGB());
        picture.setRGB(1, 0, new Color(0, 255, 31).getRGB());
        assertThat(Pictures.pixels(picture, new ImageShape(3, 1, 2), Fit.CROP))
                .containsExactly((byte) 200, 0, 100, (byte) 255, 7, 31);
        // luma: 0.299 × 200 + 0.587 × 100 + 0.114 × 7 = 119.3
        assertThat(Pictures.pixels(picture, new ImageShape(1, 1, 2), Fit.CROP)).startsWith(119);
    }

    @Test
    void whatIsTransparentBecomesWhite() {
        var picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(1, 0, 0x80_00_00_00);
        assertThat(Pictures.pixels(picture, new ImageShape(3, 1, 2), Fit.CROP))
                .containsExactly((byte) 255, 127, (byte) 255, 127, (byte) 255, 127);
    }

    /** The JDK takes greys for linear light and brightens them where they pass through its colours. */
    @Test
    void greysStayAsTheyAre() throws IOException {
        byte[] shades = new byte[256];
        for (int i = 0; i < 256; i++) {
            shades[i] = (byte) i;
        }
        var shape = new ImageShape(1, 16, 16);
        for (String format : new String[] {"png", "bmp", "gif"}) {
            Planes decoded = ImageDecoder.decode("shades", ImagesTest.encode(Pictures.of(shades, shape), format));
            assertThat(decoded.shape()).isEqualTo(shape);
            assertThat(decoded.pixels()).isEqualTo(shades);
            assertThat(decoded.to(new ImageShape(3, 16, 16), Fit.CROP).pixels())
                    .startsWith(shades)
                    .endsWith(shades);
        }
        var wide = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        wide.getRaster().setPixel(0, 0, new int[] {257 * 77});
        assertThat(ImageDecoder.decode("wide", ImagesTest.encode(wide, "png")).pixels())
                .containsExactly(77);
    }

    @Test
    void jpegsAreCloseToWhatWasWritten() throws IOException {
        var shape = new ImageShape(3, 32, 32);
        byte[] pixels = Mosaic.images(32, 4).pixels(0);
        byte[] decoded = ImageDecoder.decode("m.jpg", ImagesTest.encode(Pictures.of(pixels, shape), "jpg"))
                .pixels();
        double sum = 0;
        for (int i = 0; i < pixels.length; i++) {
            sum += Math.abs((pixels[i] & 0xff) - (decoded[i] & 0xff));
        }
        assertThat(sum / pixels.length).isLessThan(12);
    }

    @Test
    void gridsPutImagesSideBySide() {
        var shape = new ImageShape(3, 1, 2);
        BufferedImage grid =
                Pictures.grid(List.of(new byte[6], new byte[] {9, 8, 7, 6, 5, 4}, new byte[6]), shape, 2, 2);
        assertThat(grid.getWidth()).isEqualTo(2 + 2 * (4 + 2));
        assertThat(grid.getHeight()).isEqualTo(2 + 2 * (2 + 2));
        assertThat(grid.getRGB(0, 0)).isEqualTo(0xffffffff);
        assertThat(grid.getRGB(2, 2)).isEqualTo(0xff000000);
        assertThat(grid.getRGB(8, 3)).isEqualTo(0xff090705);
        assertThat(grid.getRGB(10, 2)).isEqualTo(0xff080604);
        assertThatThrownBy(() -> Pictures.of(new byte[5], shape)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Giant pictures in tiny files are refused before memory is taken for them. */
    @Test
    void bombsAreRefused() {
        // a GIF of 65,535 × 65,535 pixels, and one of 8,000 × 8,000 in 34 bytes
        refuses(gif(0xffff, 0xffff), "header: 65535 × 65535 pixels; at most 67108864");
        refuses(gif(8000, 8000), "header: 8000 × 8000 pixels cannot come of 34 bytes");
        refuses(new byte[] {1, 2, 3}, "does not begin as");
    }

    private static void refuses(byte[] file, String rule) {
        assertThatThrownBy(() -> ImageDecoder.decode("bomb.gif", file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bomb.gif: " + rule);
    }

    private static byte[] gif(int width, int height) {
        byte[] file = Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==");
        for (int at : new int[] {6, 24}) {
            file[at] = (byte) width;
            file[at + 1] = (byte) (width >> 8);
            file[at + 2] = (byte) height;
            file[at + 3] = (byte) (height >> 8);
        }
        return file;
    }
}
