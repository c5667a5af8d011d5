package org.efferent.core;

/**
 * An estimate with where it came from.
 *
 * @param <E> kind of estimate
 * @param estimate what the decoder said
 * @param firstIndex index of the window's first sample in its stream
 * @param rows samples of the window
 * @param stamp stamp of the window's last sample, seconds on the LSL clock
 * @param lostBefore samples lost between the window before and this one
 * @param arrivalNanos when the window's last sample arrived ({@link LocalClock}); 0 offline
 * @param decodedNanos when the estimate was ready; 0 offline
 * @param decodeNanos how long the decoder took; 0 offline
 * @param event what the window is locked to; null for a sliding window
 */
public record Decoded<E extends Estimate>(
    E estimate,
    long firstIndex,
    int rows,
    double stamp,
    long lostBefore,
    long arrivalNanos,
    long decodedNanos,
    long decodeNanos,
    Marker event) {

  /** What a driver says of a window. */
  static <E extends Estimate> Decoded<E> of(
      E estimate, Window window, long decodedNanos, long decodeNanos) {
    return new Decoded<>(
        estimate,
        window.firstIndex(),
        window.rows(),
        window.stamp(window.rows() - 1),
        window.lostBefore(),
        window.arrivalNanos(),
        decodedNanos,
        decodeNanos,
        window.event().orElse(null));
  }
}
