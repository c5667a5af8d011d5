package org.efferent.decoders.picture;

/**
 * How a {@link PictureAutoencoder} is trained.
 *
 * @param steps batches
 * @param batch pictures of a step
 * @param learningRate of Adam at its highest; it rises over the first twentieth and falls as a
 *     cosine
 * @param noise standard deviation of what is added to latents, in theirs: decoders then draw
 *     something sensible from latents that were guessed
 * @param pictures that there are to train on; 0 for as many as are asked for
 * @param validation pictures that are held out
 * @param seed of weights, noise and order
 */
public record AutoencoderTraining(
    int steps,
    int batch,
    double learningRate,
    double noise,
    long pictures,
    int validation,
    long seed) {
  /** Half an hour on two cores for {@link AutoencoderOptions#SMALL}. */
  public static final AutoencoderTraining DEFAULTS =
      new AutoencoderTraining(7000, 32, 3e-3, 0.15, 0, 256, 0);

  /** Checks the numbers. */
  public AutoencoderTraining {
    if (steps < 1 || batch < 2 || validation < 1 || pictures < 0) {
      throw new IllegalArgumentException(
          "steps and validation must be at least 1, batch 2, pictures 0; steps=%d, batch=%d, validation=%d, pictures=%d"
              .formatted(steps, batch, validation, pictures));
    }
    if (!(learningRate > 0 && learningRate <= 1) || !(noise >= 0 && noise <= 10)) {
      throw new IllegalArgumentException(
          "learningRate must be above 0, at most 1, noise from 0 to 10; learningRate=%s, noise=%s"
              .formatted(learningRate, noise));
    }
  }
}
