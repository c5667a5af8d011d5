/**
 * Decoders that learn: encoders of brain signals ({@link org.efferent.decoders.encoder}), their
 * losses, training, streams, verification against the published code; linear decoders;
 * preprocessing and targets; data sets of windows, and simulated ones whose answers are known.
 *
 * <p>Start with {@link org.efferent.decoders.dataset.WindowDataset} (what is learned from), {@link
 * org.efferent.decoders.train.TrainingConfig} (how), {@link
 * org.efferent.decoders.train.EncoderFile} (what comes out) and {@link
 * org.efferent.decoders.stream.StreamDecoder} (what runs live).
 */
package org.efferent.decoders;
