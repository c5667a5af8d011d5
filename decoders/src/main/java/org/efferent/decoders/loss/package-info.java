/**
 * Losses between embeddings of brain signals and of what was heard or seen.
 *
 * <p>{@link org.efferent.decoders.loss.Loss} is one term, {@link
 * org.efferent.decoders.loss.Objective} the weighted sum that is trained on, {@link
 * org.efferent.decoders.loss.Losses} makes them of their names. Sources are cited where the
 * equations are.
 */
package org.efferent.decoders.loss;
