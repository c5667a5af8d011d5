package org.efferent.acquisition.lsl;

/**
 * How an inlet receives.
 *
 * @param bufferSamples most samples that wait to be pulled before the oldest is dropped; 0 = 360 s
 *     of the nominal rate, 36,000 where irregular
 * @param maxChunk samples after which the outlet shall send what it holds back; 0 = as it likes
 * @param endOnDisconnect whether a connection that closes between two samples is an orderly end;
 *     LSL has no other way to say so, hence it counts as a loss otherwise
 * @param timeCorrection whether stamps are moved to the clock of this host; the offset is measured
 *     when the inlet opens and every 2 s from then on. Not needed within one host
 */
public record InletOptions(
    int bufferSamples, int maxChunk, boolean endOnDisconnect, boolean timeCorrection) {
  /** Buffer as liblsl, stamps as they come, a closed connection is a loss. */
  public static final InletOptions DEFAULTS = new InletOptions(0, 0, false, false);

  /** Checks the values. */
  public InletOptions {
    if (bufferSamples < 0 || maxChunk < 0) {
      throw new IllegalArgumentException(
          "bufferSamples and maxChunk must not be negative; bufferSamples="
              + bufferSamples
              + ", maxChunk="
              + maxChunk);
    }
  }

  /**
   * These options with another buffer.
   *
   * @param samples most samples that wait, 0 for the default
   * @return a copy
   */
  public InletOptions withBufferSamples(int samples) {
    return new InletOptions(samples, maxChunk, endOnDisconnect, timeCorrection);
  }

  /**
   * These options with another meaning of a closed connection.
   *
   * @param end whether it is the end of the stream, not a loss
   * @return a copy
   */
  public InletOptions withEndOnDisconnect(boolean end) {
    return new InletOptions(bufferSamples, maxChunk, end, timeCorrection);
  }

  /**
   * These options with stamps on the clock of this host, or as they come.
   *
   * @param correct whether to move them
   * @return a copy
   */
  public InletOptions withTimeCorrection(boolean correct) {
    return new InletOptions(bufferSamples, maxChunk, endOnDisconnect, correct);
  }
}
