package org.efferent.decoders.linear;

/**
 * How predicted segments are matched.
 *
 * @param segmentSamples length of a segment
 * @param hopSamples from the beginning of one to the next; below the length they overlap, and the
 *     interval of the accuracy is too narrow
 * @param candidates among which the right one is to be found, itself included; 2 at least
 * @param gapSamples what lies at least between a segment and a wrong candidate
 * @param seed for the choice of wrong candidates
 */
public record MatchOptions(
    int segmentSamples, int hopSamples, int candidates, int gapSamples, long seed) {
  /** Checks the values. */
  public MatchOptions {
    if (segmentSamples < 2 || hopSamples < 1 || gapSamples < 0) {
      throw new IllegalArgumentException(
          "segmentSamples must be 2 at least, hopSamples 1, gapSamples 0; segmentSamples=%d, hopSamples=%d, gapSamples=%d"
              .formatted(segmentSamples, hopSamples, gapSamples));
    }
    if (candidates < 2) {
      throw new IllegalArgumentException("candidates must be 2 at least; candidates=" + candidates);
    }
  }
}
