/**
 * How sure a figure is: intervals over subjects × stimuli × seeds, paired tests with corrections,
 * and the ceiling that noise leaves.
 *
 * <p>{@link org.efferent.retrieval.statistics.Bootstrap} draws the levels of every {@link
 * org.efferent.retrieval.statistics.Factor} anew, so that a claim holds for other subjects and
 * other stimuli; {@link org.efferent.retrieval.statistics.PairedTests} compares systems on the same
 * queries.
 */
package org.efferent.retrieval.statistics;
