package org.efferent.decoders.prior;

/** What sees the noise in noisy embeddings: ε of Ho et al. 2020. */
@FunctionalInterface
public interface NoiseModel {
  /**
   * The noise.
   *
   * @param noisy embeddings {@code [rows × width]}, row-major; not kept, not changed
   * @param step of the diffusion that all of them are at, from 0
   * @return {@code [rows × width]}, row-major
   */
  float[] noise(float[] noisy, int step);

  /**
   * Classifier-free guidance: ε_∅ + w (ε_c − ε_∅) (Ho, Salimans 2022).
   *
   * @param conditional sees noise, given a condition
   * @param unconditional sees noise
   * @param guidance w; at 0 and 1 only one of the two is asked
   * @return both together
   */
  static NoiseModel guided(NoiseModel conditional, NoiseModel unconditional, double guidance) {
    if (guidance == 0) {
      return unconditional;
    }
    if (guidance == 1) {
      return conditional;
    }
    return (noisy, step) -> {
      float[] with = conditional.noise(noisy, step);
      float[] without = unconditional.noise(noisy, step);
      float[] both = new float[with.length];
      for (int i = 0; i < both.length; i++) {
        both[i] = (float) (without[i] + guidance * ((double) with[i] - without[i]));
      }
      return both;
    };
  }
}
