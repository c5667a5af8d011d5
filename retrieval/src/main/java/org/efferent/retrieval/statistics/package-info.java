/**
 * How sure a figure is: intervals over subjects × stimuli × seeds, paired tests with corrections,
 * and the ceiling that noise leaves.
 */
package org.efferent.retrieval.statistics;
