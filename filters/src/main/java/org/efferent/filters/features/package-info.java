/**
 * From raw voltage or EEG to features a bin: causal filters, threshold crossings, spike-band power,
 * counts, band power and common spatial patterns; and from imagined movements to velocity. A {@link
 * org.efferent.filters.features.FeatureModel} is learned once and does not change; what streams is
 * started from it. Live ({@link org.efferent.filters.features.FeatureSource}) and offline ({@link
 * org.efferent.filters.features.FeatureStream#features}) give the same doubles however the rows
 * come in chunks.
 */
package org.efferent.filters.features;
