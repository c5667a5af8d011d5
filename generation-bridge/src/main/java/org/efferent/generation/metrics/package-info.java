/**
 * How good pictures are: pixel metrics, two-way identification, the Fréchet distance between sets
 * of embeddings, and what random pairings would reach.
 */
package org.efferent.generation.metrics;
