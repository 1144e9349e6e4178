/** Overheads of operators and times of training steps, alone under JMH and beside PyTorch. */
package dev.jeton.bench.torch;
