package org.efferent.decoders.nn;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where and how networks compute.
 *
 * @param device {@code auto} (a GPU where there is one), {@code cpu}, or {@code cuda:N}
 * @param threads threads of one operation on the CPU; 0 for all cores
 * @param precision width of the numbers
 */
public record ComputeOptions(String device, int threads, Precision precision) {
  // Before DEFAULTS, which is checked with it.
  private static final Pattern DEVICE = Pattern.compile("auto|cpu|cuda:[0-9]{1,3}");

  /** A GPU where there is one, all cores, single precision. */
  public static final ComputeOptions DEFAULTS = new ComputeOptions("auto", 0, Precision.SINGLE);

  /** Checks the words. */
  public ComputeOptions {
    Objects.requireNonNull(precision, "precision");
    if (!DEVICE.matcher(device).matches()) {
      throw new IllegalArgumentException(
          "device must be auto, cpu or cuda:N; device='" + device + "'");
    }
    if (threads < 0 || threads > 1024) {
      throw new IllegalArgumentException("threads must be from 0 to 1024; threads=" + threads);
    }
  }

  /**
   * The same with another width of numbers.
   *
   * @param other the width
   * @return a copy
   */
  public ComputeOptions with(Precision other) {
    return new ComputeOptions(device, threads, other);
  }
}
