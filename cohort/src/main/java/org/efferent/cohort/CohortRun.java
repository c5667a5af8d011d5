package org.efferent.cohort;

import org.efferent.cohort.spark.SparkRun;
import org.efferent.core.UnavailableException;

/** Runs a task over a cohort. */
public final class CohortRun {
  private CohortRun() {}

  /**
   * Runs it to its end.
   *
   * @param options what and where
   * @param listener told how it goes
   * @return what it came to
   * @throws UnavailableException if Spark is not on the class path, or the cluster is not there
   * @throws org.efferent.core.UsageException if results are there already, or the master is none
   * @throws org.efferent.core.InputException if there are no recordings
   */
  public static CohortResult run(CohortOptions options, CohortListener listener) {
    try {
      return SparkRun.run(options, listener);
    } catch (NoClassDefFoundError e) {
      if (isSpark(e)) {
        throw new UnavailableException(
            "Apache Spark is not on the class path, which many recordings run on; start ./efferent cohort, which adds its folder spark/jars, or add the jars of Spark 4.2 for Scala 2.13",
            e);
      }
      throw e;
    }
  }

  private static boolean isSpark(NoClassDefFoundError e) {
    String name = String.valueOf(e.getMessage());
    return name.startsWith("org/apache/spark")
        || name.startsWith("org/apache/hadoop")
        || name.startsWith("scala/");
  }
}
