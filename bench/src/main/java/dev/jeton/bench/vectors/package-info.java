/** Word vectors beside their peers; {@code bench/peers/word2vec_compare.py} runs them in turn. */
package dev.jeton.bench.vectors;
