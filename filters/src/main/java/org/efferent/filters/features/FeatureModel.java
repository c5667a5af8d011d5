package org.efferent.filters.features;

import java.util.List;

/** What is computed of each bin: learned once, immutable, shared by as many streams as wanted. */
public interface FeatureModel {
  /** The rows that it reads. */
  FeatureInput input();

  /** Names of the features, in order. */
  List<String> names();

  /**
   * Starts a stream.
   *
   * @param binSeconds length of a bin
   * @return its state, at the start
   */
  BinFeatures start(double binSeconds);
}
