package org.efferent.decoders.train;

/** Who follows a training. */
public interface TrainingListener {
  /**
   * After steps, a few times a second at most.
   *
   * @param epoch from 1
   * @param step of the epoch, from 1
   * @param steps of the epoch
   * @param loss of the last step
   * @param secondsLeft of the whole training, if no epoch is spared
   */
  default void step(int epoch, int step, int steps, double loss, double secondsLeft) {
    // Nobody looks.
  }

  /**
   * After an epoch.
   *
   * @param epoch what it was like
   */
  default void epoch(Epoch epoch) {
    // Nobody looks.
  }

  /**
   * One epoch.
   *
   * @param number from 1
   * @param trainLoss mean of its steps
   * @param validationLoss over the validation examples
   * @param validation ranks of the validation examples among the validation targets
   * @param learningRate of its last step
   * @param seconds that it took
   * @param best whether none before was better
   */
  record Epoch(
      int number,
      double trainLoss,
      double validationLoss,
      RankScore validation,
      double learningRate,
      double seconds,
      boolean best) {}
}
