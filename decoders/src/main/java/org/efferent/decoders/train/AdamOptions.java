package org.efferent.decoders.train;

/**
 * Adam (Kingma and Ba 2015) or AdamW (Loshchilov and Hutter 2019), by PyTorch's formulas.
 *
 * @param learningRate of a step
 * @param beta1 decay of the mean of gradients
 * @param beta2 decay of the mean of squares
 * @param epsilon beside the root
 * @param weightDecay added to the gradient (Adam), or taken off the weight (AdamW)
 * @param decoupled whether it is AdamW
 */
public record AdamOptions(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    boolean decoupled) {
  /** Checks the numbers. */
  public AdamOptions {
    if (!(learningRate > 0 && learningRate <= 10)) {
      throw new IllegalArgumentException(
          "learningRate must be above 0, at most 10; learningRate=" + learningRate);
    }
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "betas must be from 0 to less than 1; beta1=" + beta1 + ", beta2=" + beta2);
    }
    if (!(epsilon > 0) || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "epsilon must be above 0 and weightDecay not below; epsilon="
              + epsilon
              + ", weightDecay="
              + weightDecay);
    }
  }

  /**
   * Adam with the usual betas.
   *
   * @param learningRate of a step
   * @return betas 0.9 and 0.999, ε 10⁻⁸, no decay
   */
  public static AdamOptions adam(double learningRate) {
    return new AdamOptions(learningRate, 0.9, 0.999, 1e-8, 0, false);
  }

  /**
   * AdamW with the usual betas.
   *
   * @param learningRate of a step
   * @param weightDecay of every parameter
   * @return betas 0.9 and 0.999, ε 10⁻⁸
   */
  public static AdamOptions adamW(double learningRate, double weightDecay) {
    return new AdamOptions(learningRate, 0.9, 0.999, 1e-8, weightDecay, true);
  }
}
