/** Speed of tokenizers, alone under JMH and beside the libraries of the field. */
package dev.jeton.bench.text;
