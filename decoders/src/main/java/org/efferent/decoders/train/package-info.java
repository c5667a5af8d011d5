/**
 * Training of encoders: optimiser, schedules, batches, checkpoints, files.
 *
 * <p>{@link org.efferent.decoders.train.Trainer} runs a {@link
 * org.efferent.decoders.train.TrainingConfig} over a data set and tells a {@link
 * org.efferent.decoders.train.TrainingListener}; {@link org.efferent.decoders.train.EncoderFile} is
 * what it leaves, {@link org.efferent.decoders.train.Inference} encodes with it. A training that
 * was interrupted goes on to the same numbers, on the same machine with the same threads.
 */
package org.efferent.decoders.train;
