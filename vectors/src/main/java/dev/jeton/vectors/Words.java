package dev.jeton.vectors;

/** A list of different words, each findable by name. */
interface Words {
    int size();

    String word(int index);

    /** The word's index, or a negative number if it is not in the list. */
    int indexOf(String word);
}
