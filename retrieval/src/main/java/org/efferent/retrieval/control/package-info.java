/**
 * What would have come out had the brain said nothing: controls that must land at chance.
 *
 * <p>{@link org.efferent.retrieval.control.Controls} shuffles stimuli, predicts from {@link
 * org.efferent.retrieval.control.Metadata} alone, and encodes noise again through a {@link
 * org.efferent.retrieval.control.Reencoder}. A control that lands above chance says that a figure
 * leaks, and by how much.
 */
package org.efferent.retrieval.control;
