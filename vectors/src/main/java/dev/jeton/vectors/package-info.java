/**
 * Words as points.
 *
 * <p>{@link dev.jeton.vectors.Word2Vec} reads a {@link dev.jeton.vectors.Corpus} and learns a vector for each word;
 * {@link dev.jeton.vectors.WordVectors} finds neighbours and analogies among them and reads and writes the field's files.
 */
package dev.jeton.vectors;
