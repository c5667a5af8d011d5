package org.efferent.generation;

/**
 * A latent that a diffusion starts from instead of noise alone ("image to image"), such as what the
 * low-level branch decodes.
 */
public final class InitialLatent {
  private final float[] values;
  private final double strength;

  /**
   * A latent.
   *
   * @param values {@code [channels × height × width]}, row-major, in the diffusion's units: an
   *     autoencoder's latent, less {@code shift}, times {@code scale}; not copied, not modified
   * @param strength above 0, at most 1: how much of it noise replaces; 1 leaves least of it
   */
  public InitialLatent(float[] values, double strength) {
    if (!(strength > 0 && strength <= 1)) {
      throw new IllegalArgumentException(
          "strength must be above 0 and at most 1; strength=" + strength);
    }
    this.values = values;
    this.strength = strength;
  }

  /** The numbers themselves: read only. */
  public float[] values() {
    return values;
  }

  /** How much of it noise replaces. */
  public double strength() {
    return strength;
  }
}
