package org.efferent.decoders.train;

/** Something done to a window before it is encoded, to see what the encoder makes of it. */
@FunctionalInterface
public interface WindowEdit {
  /** Nothing is done. */
  WindowEdit NONE = (window, channels, time) -> {};

  /**
   * Edits a window in place.
   *
   * @param window {@code [channels × time]}, row-major, scaled as the encoder takes it: zero is a
   *     channel's centre
   * @param channels rows
   * @param time samples
   */
  void apply(float[] window, int channels, int time);
}
