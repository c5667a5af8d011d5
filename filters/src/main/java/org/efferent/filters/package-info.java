/**
 * Kalman and discriminative Kalman filters, their regressors and noise models, and how they are
 * trained, scored, saved and loaded.
 *
 * <p>{@link org.efferent.filters.FilterTraining} trains what a {@link
 * org.efferent.filters.FilterSpec} asks for and gives a {@link org.efferent.filters.CursorDecoder};
 * {@link org.efferent.filters.DecoderFile} saves and loads it; {@link org.efferent.filters.Figures}
 * scores it. The other types are the parts: state models, observation models ({@link
 * org.efferent.filters.Regressor}), noise models ({@link org.efferent.filters.NoiseModel}). Papers
 * are cited where their equations are.
 */
package org.efferent.filters;
