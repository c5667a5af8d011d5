package org.efferent.acquisition.lsl;

/**
 * Takes the jitter out of the stamps of a regular stream: recursive least squares of stamp on
 * sample number, t ≈ w₀ + w₁ n, in which older samples count less and less. The filter of liblsl's
 * {@code proc_dejitter} ({@code time_postprocessor}): λ = 2^(−1 / (rate · halftime)), w₁ starts at
 * 1 / rate, P at 10¹⁰ I, and times are counted from the whole second of the first stamp. It settles
 * within a minute or two. Bit by bit the same where the first stamp is 1 s or more: liblsl takes
 * one below that for none and begins anew with each sample.
 */
public final class StampSmoother {
  /** liblsl's {@code SmoothingHalftime}, in seconds. */
  public static final double HALFTIME_SECONDS = 90;

  private static final double INITIAL_VARIANCE = 1e10;

  /** Stamps beyond this are no moments on any clock, here or at a peer that lies. */
  static final double FARTHEST_SECONDS = 1e15;

  private final double rateHz;
  private final double forgetting;
  private boolean started;
  private double origin;
  private double samples;
  private double offset;
  private double period;
  private double p00;
  private double p01;
  private double p11;

  /**
   * A smoother that has seen nothing.
   *
   * @param rateHz nominal rate; 0 leaves stamps as they are
   * @param halftimeSeconds after which a sample counts half
   */
  public StampSmoother(double rateHz, double halftimeSeconds) {
    if (!(halftimeSeconds > 0) || !(rateHz >= 0)) {
      throw new IllegalArgumentException(
          "halftimeSeconds must be positive and rateHz not negative; halftimeSeconds="
              + halftimeSeconds
              + ", rateHz="
              + rateHz);
    }
    this.rateHz = rateHz;
    forgetting = rateHz > 0 ? Math.pow(2, -1 / (rateHz * halftimeSeconds)) : 0;
  }

  /** Forgets all: the next stamp is the first of another clock. */
  public void reset() {
    started = false;
  }

  /**
   * Says that samples are missing before the next one.
   *
   * @param missing how many
   */
  public void skip(long missing) {
    samples += missing;
  }

  /**
   * Smooths one stamp.
   *
   * @param stamp seconds
   * @return where the line says that the sample lies, seconds
   */
  public double smooth(double stamp) {
    if (rateHz == 0) {
      return stamp;
    }
    if (!(Math.abs(stamp) < FARTHEST_SECONDS)) {
      samples++; // no moment, so that nothing can be learned from it
      return stamp;
    }
    if (!started) {
      start(stamp);
    }
    // The order of liblsl's operations: another one differs in the last bits.
    double n = samples++;
    double error = stamp - origin - (offset + n * period);
    // π = uᵀ P with u = (1, n)
    double pi0 = p00 + n * p01;
    double pi1 = p01 + n * p11;
    double gain = 1 / (forgetting + pi0 + pi1 * n);
    double grow = 1 / forgetting;
    p00 = grow * (p00 - pi0 * pi0 * gain);
    p01 = grow * (p01 - pi0 * pi1 * gain);
    p11 = grow * (p11 - pi1 * pi1 * gain);
    offset += error * (p00 + p01 * n);
    period += error * (p01 + p11 * n);
    double line = offset + n * period + origin;
    if (Double.isFinite(line)) {
      return line;
    }
    started = false; // the numbers have run out: the next stamp is the first of a new line
    return stamp;
  }

  private void start(double stamp) {
    started = true;
    origin = Math.floor(stamp);
    samples = 0;
    offset = 0;
    period = 1 / rateHz;
    p00 = INITIAL_VARIANCE;
    p01 = 0;
    p11 = INITIAL_VARIANCE;
  }
}
