/**
 * Benchmarks (JMH) of the hot paths, and runs side by side with peers.
 *
 * <p>{@link org.efferent.benchmarks.Main} names them; {@code benchmarks/run} builds and starts
 * them. Without arguments it checks what the house promises of ring, decoders, health and loopback,
 * and ends with 1 if one is broken. Figures with machine and date are in {@code
 * docs/BENCHMARKS.md}.
 */
package org.efferent.benchmarks;
