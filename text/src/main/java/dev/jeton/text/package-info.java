/**
 * Text to token ids and back.
 *
 * <p>{@link dev.jeton.text.Tokenizer} loads any tokenizer file the field uses and is all that most programs need. A tokenizer
 * is a pipeline, the one that {@code tokenizer.json} describes: added tokens are cut out, a normaliser rewrites what is
 * left, a pre-tokeniser cuts it into words, a model turns each word into ids, a post-processor adds the special tokens, and
 * a decoder goes back. The pipeline on {@code AlignedText} is the definition; the encoders over UTF-8 bytes are fast paths
 * for the pipelines seen in practice, and must give the same ids.
 */
package dev.jeton.text;
