/**
 * Simulated recordings with known answers: responses to images and to speech through a leadfield
 * over a real layout, with noise that is coloured in space and time, and with subjects and sessions
 * that differ. Each writes a {@link org.efferent.decoders.dataset.WindowDataset} and has an {@link
 * org.efferent.decoders.simulated.Oracle} that knows how it was made.
 *
 * <p>Everything follows from the options and their seed. Generators, presets and seeds were fixed
 * before anything was decoded from them.
 */
package org.efferent.decoders.simulated;
