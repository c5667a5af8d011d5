package org.efferent.decoders.prior;

/** Who follows the training of a prior. */
@FunctionalInterface
public interface PriorListener {
  /**
   * After an epoch.
   *
   * @param epoch what it was like
   */
  void epoch(Epoch epoch);

  /**
   * One epoch.
   *
   * @param number from 1
   * @param trainLoss mean squared difference from the noise, over its steps
   * @param validationLoss the same over the validation rows, with the same noise in every epoch
   * @param learningRate of its last step
   * @param seconds that it took
   * @param best whether none before was better
   */
  record Epoch(
      int number,
      double trainLoss,
      double validationLoss,
      double learningRate,
      double seconds,
      boolean best) {}
}
