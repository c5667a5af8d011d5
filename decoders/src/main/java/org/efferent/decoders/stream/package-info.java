/**
 * Encoders over continuous streams: cached activations, decoders of a session.
 *
 * <p>{@link org.efferent.decoders.stream.StreamDecoder} and {@link
 * org.efferent.decoders.stream.WindowDecoder} are decoders of a pipeline; {@link
 * org.efferent.decoders.stream.EncoderStream} and {@link
 * org.efferent.decoders.stream.SlidingStream} compute only what is new and keep the rest, the one
 * for continuous features, the other for windows; each says how its numbers relate to those of a
 * window encoded whole.
 */
package org.efferent.decoders.stream;
