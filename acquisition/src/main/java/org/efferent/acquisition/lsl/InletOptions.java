package org.efferent.acquisition.lsl;

/**
 * How an inlet receives. {@link #timeCorrection}, {@link #dejitter} and {@link #monotonise} are
 * liblsl's post-processing flags {@code proc_clocksync}, {@code proc_dejitter} and {@code
 * proc_monotonize}, applied in that order.
 *
 * @param bufferSamples most samples that wait to be pulled before the oldest is dropped; 0 = 360 s
 *     of the nominal rate, 36,000 where irregular
 * @param maxChunk samples after which the outlet shall send what it holds back; 0 = as it likes
 * @param endOnDisconnect whether a connection that closes between two samples is an orderly end;
 *     LSL has no other way to say so, hence it counts as a loss otherwise. It goes before {@code
 *     recover}
 * @param timeCorrection whether stamps are moved to the clock of this host; the offset is measured
 *     when the inlet opens and every 2 s from then on. Not needed within one host
 * @param recover whether a stream that was lost and has a source id is looked for until it is there
 *     again, as liblsl does; until then nothing comes, which is no error
 * @param dejitter whether the stamps of a regular stream are smoothed ({@link StampSmoother})
 * @param monotonise whether no stamp may be less than the one before
 */
public record InletOptions(
    int bufferSamples,
    int maxChunk,
    boolean endOnDisconnect,
    boolean timeCorrection,
    boolean recover,
    boolean dejitter,
    boolean monotonise) {
  /** Buffer as liblsl, stamps as they come, a lost stream is recovered if it has a source id. */
  public static final InletOptions DEFAULTS =
      new InletOptions(0, 0, false, false, true, false, false);

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
    return new InletOptions(
        samples, maxChunk, endOnDisconnect, timeCorrection, recover, dejitter, monotonise);
  }

  /**
   * These options with another meaning of a closed connection.
   *
   * @param end whether it is the end of the stream, not a loss
   * @return a copy
   */
  public InletOptions withEndOnDisconnect(boolean end) {
    return new InletOptions(
        bufferSamples, maxChunk, end, timeCorrection, recover, dejitter, monotonise);
  }

  /**
   * These options with stamps on the clock of this host, or as they come.
   *
   * @param correct whether to move them
   * @return a copy
   */
  public InletOptions withTimeCorrection(boolean correct) {
    return new InletOptions(
        bufferSamples, maxChunk, endOnDisconnect, correct, recover, dejitter, monotonise);
  }

  /**
   * These options with or without recovery.
   *
   * @param again whether a lost stream is looked for by its source id
   * @return a copy
   */
  public InletOptions withRecover(boolean again) {
    return new InletOptions(
        bufferSamples, maxChunk, endOnDisconnect, timeCorrection, again, dejitter, monotonise);
  }

  /**
   * These options with other treatment of stamps.
   *
   * @param smooth whether the stamps of a regular stream are smoothed
   * @param monotone whether no stamp may be less than the one before
   * @return a copy
   */
  public InletOptions withStamps(boolean smooth, boolean monotone) {
    return new InletOptions(
        bufferSamples, maxChunk, endOnDisconnect, timeCorrection, recover, smooth, monotone);
  }
}
