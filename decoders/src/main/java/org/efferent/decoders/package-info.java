/**
 * Decoders that learn: encoders of brain signals ({@link org.efferent.decoders.encoder}), their
 * losses, training, streams, verification against the published code; linear decoders;
 * preprocessing and targets; data sets of windows, and simulated ones whose answers are known.
 */
package org.efferent.decoders;
