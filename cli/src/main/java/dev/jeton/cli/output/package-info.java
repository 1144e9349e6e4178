/** Where and how commands write: below all of them. */
package dev.jeton.cli.output;
