/** {@code jeton vectors}: word vectors at the shell. */
package dev.jeton.cli.vectors;
