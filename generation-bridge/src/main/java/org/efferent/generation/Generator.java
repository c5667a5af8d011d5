package org.efferent.generation;

import java.util.List;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;

/** Turns embeddings (or latents of an autoencoder) into pictures. One thread at a time. */
public interface Generator extends AutoCloseable {
  /** What it is called in reports. */
  String name();

  /** Numbers of an embedding. */
  int width();

  /**
   * Says what is wrong with an embedding before anything is computed.
   *
   * @param embedding not modified
   * @throws InputException if it is of another width, not finite, or not of length 1 where the
   *     generator wants that
   */
  void check(float[] embedding);

  /**
   * Makes a picture.
   *
   * @param embedding {@code [width]}; of a latent {@code [channels × height × width]}, row-major;
   *     not modified
   * @param seed of what the generator draws, if it draws anything: the same seed, the same picture
   * @return the picture and where it came from
   * @throws InputException as {@link #check}, or if the model fails on it
   */
  Picture generate(float[] embedding, long seed);

  /**
   * Shape of the latents that it can start from, {@code [channels × height × width]}; empty where
   * it takes none.
   */
  default Optional<List<Integer>> startsFrom() {
    return Optional.empty();
  }

  /**
   * Makes a picture from a latent of one's own instead of noise alone.
   *
   * @param embedding as above
   * @param start the latent; empty for noise alone
   * @param seed as above
   * @return the picture and where it came from
   * @throws InputException as {@link #check}, if the latent is of another size or not finite, or if
   *     the model fails
   * @throws UnsupportedInputException if there is a latent and {@link #startsFrom} is empty
   */
  default Picture generate(float[] embedding, Optional<InitialLatent> start, long seed) {
    if (start.isPresent()) {
      throw new UnsupportedInputException(
          name() + ": starts from no latent; latent-diffusion does");
    }
    return generate(embedding, seed);
  }

  /** The way back, of autoencoders; empty where there is none. */
  default Optional<PictureEncoder> encoder() {
    return Optional.empty();
  }

  @Override
  void close();
}
