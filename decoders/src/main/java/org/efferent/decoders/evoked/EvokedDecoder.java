package org.efferent.decoders.evoked;

import org.efferent.decoders.preprocess.Epochs;

/** Says which of two classes a response is more like. Trained. */
@FunctionalInterface
public interface EvokedDecoder {
  /**
   * Scores epochs, each by itself.
   *
   * @param epochs of the channels, samples and rate that it was trained on, microvolt
   * @return one an epoch: the larger, the more like class 1; the unit is the decoder's own
   */
  double[] scores(Epochs epochs);
}
