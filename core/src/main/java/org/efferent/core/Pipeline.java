package org.efferent.core;

import java.util.List;
import java.util.Objects;

/**
 * What happens to samples on their way to an estimate: transforms in place, windows, a decoder. The
 * same value runs live ({@link Session}) and offline ({@link Offline}). Transforms and decoder may
 * keep state, so a pipeline is in one run at a time.
 *
 * @param <E> kind of estimate
 * @param transforms in order
 * @param windowRows samples a window, at least 1
 * @param stepRows samples from one window's start to the next one's, at least 1
 * @param decoder says what a window means
 * @param events what windows are locked to; null for sliding windows
 */
public record Pipeline<E extends Estimate>(
    List<Transform> transforms,
    int windowRows,
    int stepRows,
    Decoder<E> decoder,
    EventQueue events) {
  /** Checks the values and copies the list. */
  public Pipeline {
    transforms = List.copyOf(transforms);
    Objects.requireNonNull(decoder, "decoder");
    if (windowRows < 1 || stepRows < 1) {
      throw new IllegalArgumentException(
          "windowRows and stepRows must be at least 1; windowRows="
              + windowRows
              + ", stepRows="
              + stepRows);
    }
  }

  /**
   * Sliding windows.
   *
   * @param transforms in order
   * @param windowRows samples a window, at least 1
   * @param stepRows samples from one window's start to the next one's, at least 1
   * @param decoder says what a window means
   */
  public Pipeline(List<Transform> transforms, int windowRows, int stepRows, Decoder<E> decoder) {
    this(transforms, windowRows, stepRows, decoder, null);
  }

  /**
   * A window an event.
   *
   * @param transforms in order
   * @param windowRows samples a window, at least 1
   * @param decoder says what a window means
   * @param events what windows are locked to; offline, the recording's markers are offered to it
   * @param <E> kind of estimate
   * @return the pipeline
   */
  public static <E extends Estimate> Pipeline<E> locked(
      List<Transform> transforms, int windowRows, Decoder<E> decoder, EventQueue events) {
    return new Pipeline<>(
        transforms, windowRows, 1, decoder, Objects.requireNonNull(events, "events"));
  }

  /**
   * Decodes every sample by itself: windows of one row, no transform.
   *
   * @param decoder says what a sample means
   * @param <E> kind of estimate
   * @return the pipeline
   */
  public static <E extends Estimate> Pipeline<E> everySample(Decoder<E> decoder) {
    return new Pipeline<>(List.of(), 1, 1, decoder);
  }
}
