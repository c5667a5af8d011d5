package org.efferent.decoders.evoked;

/** Makes a decoder of trials. */
@FunctionalInterface
public interface EvokedTraining {
  /**
   * Trains.
   *
   * @param trials of both classes
   * @return a decoder that has seen these trials and no others
   */
  EvokedDecoder fit(EvokedTrials trials);

  /**
   * Features and a linear rule on them.
   *
   * @param features learned first
   * @param linear learned from them then
   * @return the two as one
   */
  static EvokedTraining linear(EpochFeatures.Training features, LinearTraining linear) {
    return trials -> {
      EpochFeatures learned = features.fit(trials);
      LinearTraining.Score score = linear.fit(learned.of(trials.epochs()), trials.labels());
      return epochs -> java.util.Arrays.stream(learned.of(epochs)).mapToDouble(score::of).toArray();
    };
  }
}
