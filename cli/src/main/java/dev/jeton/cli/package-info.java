/** The {@code jeton} command. {@link dev.jeton.cli.Jeton} lists its commands; each is a class of its own. */
package dev.jeton.cli;
