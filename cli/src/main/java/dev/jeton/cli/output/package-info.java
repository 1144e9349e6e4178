/** Where commands write: below all of them. */
package dev.jeton.cli.output;
