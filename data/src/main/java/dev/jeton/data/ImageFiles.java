package dev.jeton.data;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The image files of a tree as a source, in the order of their paths; their folders are labels as {@link Arrangement} says. */
final class ImageFiles implements ImageSource {
    /** How many files are looked at to find out the shape of all. */
    private static final int PROBES = 32;

    private final FileTree tree;
    private final ImageOptions options;
    private final List<String> files;
    private final List<String> labelNames;
    private final int[] labels;
    private final ImageShape shape;

    private ImageFiles(FileTree tree, ImageOptions options, Arrangement arrangement, List<Arrangement.Item> items) {
        this.tree = tree;
        this.options = options;
        this.files = items.stream().map(Arrangement.Item::file).toList();
        this.labelNames = arrangement.labels();
        this.labels = labelNames.isEmpty()
                ? new int[0]
                : items.stream().mapToInt(arrangement::label).toArray();
        this.shape =
                probe(arrangement.items().stream().map(Arrangement.Item::file).toList());
    }

    static ImageFiles open(FileTree tree, ImageOptions options) {
        List<String> files =
                tree.files().stream().filter(ImageFiles::isImage).sorted().toList();
        if (files.isEmpty()) {
            throw new DataException(tree.root(), "no PNG, JPEG, BMP or GIF files; it holds " + kinds(tree.files()));
        }
        var arrangement = Arrangement.of(files);
        List<Arrangement.Item> items = arrangement.part(options.split());
        if (items.isEmpty()) {
            throw new DataException(tree.root(), "no " + options.split() + " part among its folders");
        }
        return new ImageFiles(tree, options, arrangement, items);
    }

    private static boolean isImage(String file) {
        boolean hidden = file.startsWith(".") || file.contains("/.") || file.contains("__MACOSX/");
        return !hidden && ImageDecoder.isNamed(file);
    }

    private static String kinds(List<String> files) {
        if (files.isEmpty()) {
            return "no files";
        }
        Map<String, Long> kinds = files.stream()
                .map(file -> file.substring(file.lastIndexOf('/') + 1))
                .map(name -> name.contains(".") ? "." + ImageDecoder.extension(name) : name)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        return kinds.entrySet().stream()
                .limit(8)
                .map(kind -> kind.getValue() + " × " + kind.getKey())
                .collect(Collectors.joining(", ", "", kinds.size() > 8 ? " and others" : ""));
    }

    /** Finds out the shape of all images from the headers of some, of all parts: a part must not differ from the other. */
    private ImageShape probe(List<String> all) {
        int probes = Math.min(PROBES, all.size());
        ImageDecoder.Header first = header(all.getFirst());
        boolean grey = first.grey();
        for (int i = 1; i < probes; i++) {
            String file = all.get((int) ((long) i * (all.size() - 1) / (probes - 1)));
            ImageDecoder.Header header = header(file);
            grey &= header.grey();
            if (options.size() == null && (header.height() != first.height() || header.width() != first.width())) {
                throw otherSize(file, header.height(), header.width(), first.height(), first.width());
            }
        }
        return options.shape(grey ? 1 : 3, first.height(), first.width());
    }

    private ImageDecoder.Header header(String file) {
        return ImageDecoder.header(tree.nameOf(file), readFile(file));
    }

    private DataException otherSize(String file, int height, int width, int otherHeight, int otherWidth) {
        return new DataException(
                tree.nameOf(file),
                "%d × %d pixels where others have %d × %d: name a size that all are brought to"
                        .formatted(height, width, otherHeight, otherWidth));
    }

    private byte[] readFile(String file) {
        try {
            byte[] bytes = tree.read(file);
            if (bytes.length > FileTree.MAX_FILE) {
                throw new DataException(
                        tree.nameOf(file), "more than the " + FileTree.MAX_FILE + " bytes that are read");
            }
            return bytes;
        } catch (IOException e) {
            throw new DataException(tree.nameOf(file), "cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public ImageShape shape() {
        return shape;
    }

    @Override
    public List<String> labelNames() {
        return labelNames;
    }

    @Override
    public int label(int index) {
        checkIndex(index);
        if (labels.length == 0) {
            throw new IllegalStateException("label: the images of " + tree.root() + " do not all lie in sub-folders");
        }
        return labels[index];
    }

    @Override
    public void read(int index, byte[] target, int offset) {
        String file = files.get(checkIndex(index));
        Planes image = ImageDecoder.decode(tree.nameOf(file), readFile(file));
        ImageShape own = image.shape();
        if (options.size() == null && (own.height() != shape.height() || own.width() != shape.width())) {
            throw otherSize(file, own.height(), own.width(), shape.height(), shape.width());
        }
        if (options.colours() == Colours.AUTO && own.channels() > shape.channels()) {
            throw new DataException(
                    tree.nameOf(file), "a colour image among grey ones: choose Colours.GREY or Colours.RGB");
        }
        System.arraycopy(image.to(shape, options.fit()).pixels(), 0, target, offset, shape.bytes());
    }
}
