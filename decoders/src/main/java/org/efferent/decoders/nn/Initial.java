package org.efferent.decoders.nn;

import java.util.random.RandomGenerator;

/** How a weight begins, by the rules of the reference implementations. */
public sealed interface Initial {

  /** Every element the same. */
  record Constant(double value) implements Initial {}

  /** Uniform between minus and plus the bound. */
  record Uniform(double bound) implements Initial {}

  /** Normal. */
  record Normal(double mean, double standardDeviation) implements Initial {}

  /** Zeros: biases of normalisations, running means. */
  static Initial zero() {
    return new Constant(0);
  }

  /** Ones: weights of normalisations, running variances. */
  static Initial one() {
    return new Constant(1);
  }

  /**
   * Weight or bias of a linear layer or a convolution: U(−b, b), b = 1/√fan-in.
   *
   * @param fanIn inputs of one output: channels times kernel
   * @return the rule
   */
  static Initial fanIn(long fanIn) {
    return new Uniform(1 / Math.sqrt((double) fanIn));
  }

  /**
   * Draws elements.
   *
   * @param elements how many
   * @param random from where
   * @return their values
   */
  default float[] draw(int elements, RandomGenerator random) {
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = (float) next(random);
    }
    return values;
  }

  private double next(RandomGenerator random) {
    if (this instanceof Constant constant) {
      return constant.value();
    }
    if (this instanceof Uniform uniform) {
      return (2 * random.nextDouble() - 1) * uniform.bound();
    }
    Normal normal = (Normal) this;
    return normal.mean() + normal.standardDeviation() * random.nextGaussian();
  }
}
