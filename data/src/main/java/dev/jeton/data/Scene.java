package dev.jeton.data;

import java.util.List;
import java.util.Locale;

/**
 * What a picture of {@link Mosaic} shows: its factors, from which the picture is drawn and its caption written.
 *
 * @param texture of the ground
 * @param tone of the ground
 * @param figures one to three, the largest first
 */
public record Scene(Texture texture, Tone tone, List<Figure> figures) {
    /** Copies the figures. */
    public Scene {
        figures = List.copyOf(figures);
    }

    /**
     * One figure.
     *
     * @param x centre from the left edge (0) to the right (1)
     * @param y centre from the upper edge (0) to the lower (1)
     * @param angle radians, clockwise
     */
    public record Figure(Shape shape, Colour colour, Size size, double x, double y, double angle) {
        @Override
        public String toString() {
            return word(size) + " " + word(colour) + " " + word(shape);
        }
    }

    /** Shapes; the label of a picture is the number of its largest figure's. */
    public enum Shape {
        /** A disc. */
        CIRCLE,
        /** Four equal sides. */
        SQUARE,
        /** Three equal sides. */
        TRIANGLE,
        /** Five points. */
        STAR,
        /** A circle with a hole. */
        RING,
        /** Four arms. */
        CROSS,
        /** As on playing cards. */
        HEART,
        /** A crescent. */
        MOON
    }

    /** How large a figure is, as a part of the picture's side. */
    public enum Size {
        /** Radius 0.14. */
        SMALL(0.14),
        /** Radius 0.20. */
        MEDIUM(0.20),
        /** Radius 0.28. */
        LARGE(0.28);

        final double radius;

        Size(double radius) {
            this.radius = radius;
        }
    }

    /** Colours of figures; none is drawn on a ground that it would hardly show on. */
    public enum Colour {
        /** Poppy. */
        RED(0xdf3b36),
        /** Tangerine. */
        ORANGE(0xf28a1c),
        /** Sunflower. */
        YELLOW(0xf8cb2e),
        /** Leaf. */
        GREEN(0x3fa34d),
        /** Lagoon. */
        TEAL(0x1fa5a0),
        /** Cornflower. */
        BLUE(0x2f74d0),
        /** Plum. */
        PURPLE(0x7d3fb0),
        /** Peony. */
        PINK(0xee6fa0),
        /** Chalk. */
        WHITE(0xf6f4ee),
        /** Ink. */
        BLACK(0x26262e);

        final int rgb;

        Colour(int rgb) {
            this.rgb = rgb;
        }

        /** Whether the colour stands out from both shades of a ground. */
        boolean showsOn(Tone tone) {
            return contrast(rgb, tone.first) >= 150 && contrast(rgb, tone.second) >= 150;
        }

        private static int contrast(int a, int b) {
            return Math.abs((a >> 16 & 0xff) - (b >> 16 & 0xff))
                    + Math.abs((a >> 8 & 0xff) - (b >> 8 & 0xff))
                    + Math.abs((a & 0xff) - (b & 0xff));
        }
    }

    /** Colours of grounds: two shades each. */
    public enum Tone {
        /** Light yellow. */
        CREAM(0xf5ecd7, 0xe6d3ae),
        /** Light blue. */
        SKY(0xd6e6f2, 0xb1cde3),
        /** Light green. */
        MINT(0xd7ebdc, 0xb2d5be),
        /** Light red. */
        ROSE(0xf6dedb, 0xe6bdb9),
        /** Light purple. */
        LILAC(0xe4dcf1, 0xc8badf),
        /** Dark blue. */
        NAVY(0x2b3558, 0x3d4a76),
        /** Dark grey. */
        SLATE(0x414a55, 0x56616e),
        /** Dark green. */
        PINE(0x23473f, 0x315e53);

        final int first;
        final int second;

        Tone(int first, int second) {
            this.first = first;
            this.second = second;
        }
    }

    /** Patterns of grounds. */
    public enum Texture {
        /** One shade running into the other. */
        PAPER,
        /** Straight bands. */
        STRIPES,
        /** Two shades in squares. */
        CHECKS,
        /** Spots in rows. */
        DOTS,
        /** Small squares of uneven shade with joints between. */
        TILES,
        /** Bent bands. */
        WAVES,
        /** Soft spots of all sizes. */
        SAND
    }

    /** The figure that the picture is about: the largest. */
    public Figure main() {
        return figures.getFirst();
    }

    /** The picture in an English sentence without a full stop: {@code a large red circle above a small blue star on navy tiles}. */
    public String caption() {
        String ground = " on " + word(tone) + " " + word(texture);
        return switch (figures.size()) {
            case 1 -> "a " + main() + " " + place(main()) + ground;
            case 2 -> "a " + main() + " " + relation(main(), figures.get(1)) + " a " + figures.get(1) + ground;
            default -> "a " + main() + ", a " + figures.get(1) + " and a " + figures.get(2) + ground;
        };
    }

    private static String place(Figure figure) {
        String row = figure.y < 0.42 ? "upper " : figure.y > 0.58 ? "lower " : "";
        String column = figure.x < 0.42 ? "left" : figure.x > 0.58 ? "right" : "";
        if (row.isEmpty() && column.isEmpty()) {
            return "in the middle";
        }
        return column.isEmpty() ? "in the " + row + "half" : "in the " + row + column + (row.isEmpty() ? " half" : "");
    }

    private static String relation(Figure figure, Figure other) {
        double right = figure.x - other.x;
        double down = figure.y - other.y;
        if (Math.abs(right) > Math.abs(down)) {
            return right > 0 ? "to the right of" : "to the left of";
        }
        return down > 0 ? "below" : "above";
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
