package org.efferent.decoders.picture;

/** Pictures to train on, drawn or read; one thread at a time. */
@FunctionalInterface
public interface PictureSource {
  /**
   * Writes a picture.
   *
   * @param number which: the same number, the same picture; negative ones are for validation alone
   * @param into red, green and blue from 0 to 1, {@code [3 × side × side]}, row-major
   * @param offset where it begins
   */
  void draw(long number, float[] into, int offset);
}
