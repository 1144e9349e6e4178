package dev.jeton.vectors;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** The picture of a word map: a dot for every word, and the word beside it where there is room. */
final class MapPicture {
    private static final Color DOT = new Color(0x3B6FB6);
    private static final Color INK = new Color(0x1A1A1A);

    private MapPicture() {}

    static void write(WordMap map, Path file, int pixels) throws IOException {
        if (pixels < 100 || pixels > 20_000) {
            throw new IllegalArgumentException("word map: a picture is 100 to 20,000 pixels wide, not " + pixels);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(draw(map, pixels), "png", png);
        ByteBuffer bytes = ByteBuffer.wrap(png.toByteArray());
        AtomicFile.write(file, channel -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }

    private static BufferedImage draw(WordMap map, int pixels) {
        BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            canvas.setColor(Color.WHITE);
            canvas.fillRect(0, 0, pixels, pixels);
            drawWords(map, pixels, canvas);
        } finally {
            canvas.dispose();
        }
        return image;
    }

    private static void drawWords(WordMap map, int pixels, Graphics2D canvas) {
        int size = Math.max(9, pixels / 120);
        canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
        double dot = size / 3.0;
        Frame frame = Frame.of(map, pixels);
        List<Rectangle2D> taken = new ArrayList<>();
        for (int i = 0; i < map.size(); i++) {
            double x = frame.x(map.x(i));
            double y = frame.y(map.y(i));
            canvas.setColor(DOT);
            canvas.fill(new Ellipse2D.Double(x - dot / 2, y - dot / 2, dot, dot));
            double width = canvas.getFontMetrics().stringWidth(map.word(i));
            Rectangle2D label = new Rectangle2D.Double(x + dot, y - size, width, size * 1.2);
            if (x + dot + width < pixels && taken.stream().noneMatch(label::intersects)) {
                taken.add(label);
                canvas.setColor(INK);
                canvas.drawString(map.word(i), (float) (x + dot), (float) (y + size / 3.0));
            }
        }
    }

    /** Where the places of a map lie among the pixels, one twentieth left free at each side. */
    private record Frame(double left, double bottom, double scale, int pixels) {
        static Frame of(WordMap map, int pixels) {
            double left = Double.POSITIVE_INFINITY;
            double bottom = Double.POSITIVE_INFINITY;
            double right = Double.NEGATIVE_INFINITY;
            double top = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < map.size(); i++) {
                left = Math.min(left, map.x(i));
                right = Math.max(right, map.x(i));
                bottom = Math.min(bottom, map.y(i));
                top = Math.max(top, map.y(i));
            }
            double span = Math.max(Math.max(right - left, top - bottom), 1e-12);
            return new Frame(left, bottom, 0.9 * pixels / span, pixels);
        }

        double x(double place) {
            return 0.05 * pixels + (place - left) * scale;
        }

        double y(double place) {
            return 0.95 * pixels - (place - bottom) * scale;
        }
    }
}
