package org.efferent.decoders.train;

/**
 * How an encoder is trained.
 *
 * @param adam the optimiser
 * @param schedule of the learning rate
 * @param batch examples of a step, at least 2
 * @param epochs at most
 * @param updatesPerEpoch steps of an epoch at most; 0 for all examples
 * @param patience epochs without a better validation after which training ends; 0 for never
 * @param clipNorm norm that gradients are scaled down to; 0 for never
 * @param distinctTargets whether a batch holds each target once, so that no right answer counts as
 *     wrong
 * @param scaling of the channels
 * @param clamp the largest size of a scaled sample; 0 for none
 * @param trained which weights move
 * @param seed of weights, order and dropout
 */
public record TrainingOptions(
    AdamOptions adam,
    Schedule schedule,
    int batch,
    int epochs,
    int updatesPerEpoch,
    int patience,
    double clipNorm,
    boolean distinctTargets,
    Scaling scaling,
    double clamp,
    Trained trained,
    long seed) {
  /** How channels are scaled, by what the training examples say. */
  public enum Scaling {
    /** Not. */
    NONE,
    /** Median and the distance of the quartiles. */
    ROBUST,
    /** Mean and standard deviation. */
    STANDARD
  }

  /** Which weights move. */
  public enum Trained {
    /** All. */
    ALL,
    /** The subject layer alone: a new subject of an encoder that is trained. */
    SUBJECT_LAYER
  }

  /** Checks the numbers. */
  public TrainingOptions {
    if (batch < 2) {
      throw new IllegalArgumentException(
          "batch must be 2 or more, a contrast needs another example; batch=" + batch);
    }
    if (epochs < 1 || updatesPerEpoch < 0 || patience < 0) {
      throw new IllegalArgumentException(
          "epochs must be 1 or more, updatesPerEpoch and patience not negative; epochs=%d, updatesPerEpoch=%d, patience=%d"
              .formatted(epochs, updatesPerEpoch, patience));
    }
    if (!(clipNorm >= 0) || !(clamp >= 0)) {
      throw new IllegalArgumentException(
          "clipNorm and clamp must not be negative; clipNorm=" + clipNorm + ", clamp=" + clamp);
    }
  }
}
