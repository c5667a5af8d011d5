/**
 * Encoders from brain signals to embeddings, each a plain class that reads like its table.
 *
 * <p>{@link org.efferent.decoders.encoder.Encoder} is what they have in common: shapes, weights by
 * name, a function of arrays; {@link org.efferent.decoders.encoder.Encoders} makes one of its name
 * and options. {@link org.efferent.decoders.encoder.EegNet}, {@link
 * org.efferent.decoders.encoder.ShallowNet}, {@link org.efferent.decoders.encoder.TsConv} and
 * {@link org.efferent.decoders.encoder.ChannelTokenTransformer} are for single windows, {@link
 * org.efferent.decoders.encoder.BrainModule} and {@link org.efferent.decoders.encoder.ConvStack}
 * for speech. Tables of the papers are in the Javadoc of each, with what was left open there.
 */
package org.efferent.decoders.encoder;
