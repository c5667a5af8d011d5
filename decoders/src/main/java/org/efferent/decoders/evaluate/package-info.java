/**
 * What decoders are held against on test examples: linear baselines, and how sure a difference is.
 *
 * <p>{@link org.efferent.decoders.evaluate.LinearBaseline} and {@link
 * org.efferent.decoders.evaluate.TrfBaseline} are trained on the same examples as the encoder;
 * {@link org.efferent.decoders.evaluate.PairedBootstrap} says how sure a difference of two decoders
 * on the same examples is.
 */
package org.efferent.decoders.evaluate;
