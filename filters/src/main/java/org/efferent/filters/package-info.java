/**
 * Kalman and discriminative Kalman filters, their regressors and noise models, and how they are
 * trained, scored, saved and loaded.
 */
package org.efferent.filters;
