package org.efferent.generation;

import java.awt.image.BufferedImage;
import org.efferent.core.InputException;

/** The way from a picture to what its {@link Generator} takes; open as long as the generator is. */
@FunctionalInterface
public interface PictureEncoder {
  /**
   * Encodes a picture.
   *
   * @param picture of the size that the generator makes; red, green and blue are taken
   * @return an embedding for the generator, {@code [width]}
   * @throws InputException if the picture's size gives another width, or the model fails on it
   */
  float[] encode(BufferedImage picture);
}
