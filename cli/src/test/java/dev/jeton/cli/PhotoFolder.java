package dev.jeton.cli;

import dev.jeton.data.Mosaic;
import dev.jeton.data.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A folder of PNG files such as a user has: pictures of two labels. */
record PhotoFolder(Path path) {
    PhotoFolder fill(int count, int side) throws IOException {
        Mosaic mosaic = Mosaic.images(side, 3);
        for (int i = 0; i < count; i++) {
            Path label = Files.createDirectories(path.resolve(i % 2 == 0 ? "town" : "country"));
            Path file = label.resolve(i + ".png");
            ImageIO.write(Pictures.of(mosaic.pixels(i), mosaic.shape()), "png", file.toFile());
        }
        return this;
    }
}
