/**
 * How good pictures are: pixel metrics, two-way identification, the Fréchet distance between sets
 * of embeddings, and what random pairings would reach.
 *
 * <p>{@link org.efferent.generation.metrics.PixelMetrics} compares picture with picture, {@link
 * org.efferent.generation.metrics.TwoWayIdentification} and {@link
 * org.efferent.generation.metrics.FrechetDistance} their features. {@link
 * org.efferent.generation.metrics.RandomPairings} is the floor to hold all of them against: a
 * figure without it says little.
 */
package org.efferent.generation.metrics;
