package dev.jeton.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the folders of a dataset's files mean, from the root down: folders called {@code train} and {@code test} are its
 * parts, a folder that everything lies in says nothing, and the first level where files lie in several folders are the
 * labels. Files that do not all lie in folders have no labels.
 *
 * @param labels names of the labels in order; all parts count, so that a label means the same in each
 */
record Arrangement(List<String> labels, List<Item> items) {
    /**
     * One file.
     *
     * @param part the folder of its part of the dataset, where there are parts
     * @param path what is left of its path below parts and common folders
     */
    record Item(String file, Optional<String> part, String path) {
        private Item inside(boolean parts) {
            String head = head(path);
            return new Item(file, parts ? part.or(() -> Optional.of(head)) : part, path.substring(head.length() + 1));
        }
    }

    static Arrangement of(List<String> files) {
        List<Item> items = files.stream()
                .map(file -> new Item(file, Optional.empty(), file))
                .toList();
        while (true) {
            List<String> heads = heads(items);
            boolean parts = !heads.isEmpty() && heads.stream().allMatch(Arrangement::isPart);
            if (!parts && heads.size() != 1) {
                return new Arrangement(heads, items);
            }
            items = items.stream().map(item -> item.inside(parts)).toList();
        }
    }

    /** The files of one part; a dataset without parts is all training part. */
    List<Item> part(Split split) {
        return items.stream()
                .filter(item -> item.part.map(split::isNamed).orElse(split == Split.TRAIN))
                .toList();
    }

    /** The number of an item's label. */
    int label(Item item) {
        return Collections.binarySearch(labels, head(item.path));
    }

    /** The folders of the first level, or none if a file lies in no folder. */
    private static List<String> heads(List<Item> items) {
        var heads = new TreeSet<String>();
        for (Item item : items) {
            String head = head(item.path);
            if (head.length() == item.path.length()) {
                return List.of();
            }
            heads.add(head);
        }
        return List.copyOf(heads);
    }

    private static String head(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    private static boolean isPart(String folder) {
        return Arrays.stream(Split.values()).anyMatch(split -> split.isNamed(folder));
    }
}
