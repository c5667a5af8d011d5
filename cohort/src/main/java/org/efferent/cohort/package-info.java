/**
 * Many recordings on many machines: preprocessing, epoching, encoding, linear baselines, scoring
 * and statistics over a BIDS folder or a list, on Apache Spark, local or a cluster.
 *
 * <p>{@link org.efferent.cohort.CohortRun} runs a {@link org.efferent.cohort.recordings.CohortTask}
 * as {@link org.efferent.cohort.CohortOptions} say and tells a {@link
 * org.efferent.cohort.CohortListener} how it goes. Spark stays in {@code
 * org.efferent.cohort.spark}; its jars need not be there for anything else.
 */
package org.efferent.cohort;
