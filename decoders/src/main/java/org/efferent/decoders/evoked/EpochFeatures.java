package org.efferent.decoders.evoked;

import org.efferent.decoders.preprocess.Epochs;

/** From epochs to features, each epoch by itself. */
@FunctionalInterface
public interface EpochFeatures {
  /**
   * Features of epochs.
   *
   * @param epochs {@code [epochs × channels × samples]}, microvolt
   * @return {@code [epochs][features]}
   */
  double[][] of(Epochs epochs);

  /** Learns which features to make. */
  @FunctionalInterface
  interface Training {
    /**
     * Learns.
     *
     * @param trials of both classes
     * @return features that have seen these trials and no others
     */
    EpochFeatures fit(EvokedTrials trials);
  }
}
