/**
 * The eight nouns of the house: {@link org.efferent.core.Source}, {@link org.efferent.core.Chunk},
 * {@link org.efferent.core.SampleRing}, {@link org.efferent.core.Window}, {@link
 * org.efferent.core.Decoder}, {@link org.efferent.core.Estimate}, {@link org.efferent.core.Sink},
 * {@link org.efferent.core.Session}; the {@link org.efferent.core.Pipeline} that both drivers run,
 * live ({@link org.efferent.core.Session}) and offline ({@link org.efferent.core.Offline}); what is
 * counted while they run; and the errors ({@link org.efferent.core.EfferentException}).
 *
 * <p>This package sees the JDK alone.
 */
package org.efferent.core;
