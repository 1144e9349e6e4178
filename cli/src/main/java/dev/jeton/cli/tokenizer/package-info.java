/** {@code jeton tokenizer}: tokenizers at the shell. */
package dev.jeton.cli.tokenizer;
