/**
 * What is done with each recording of a cohort, with all recordings of a participant, and with all
 * participants: plain Java without Spark, so that one machine and many compute the same to the last
 * bit. {@link org.efferent.cohort.recordings.CohortTask} is the interface; the commands {@code
 * cursor imagery} and {@code encoder evoked} use the same cutting of trials.
 */
package org.efferent.cohort.recordings;
