package org.efferent.viz;

import java.util.Locale;
import java.util.Objects;

/**
 * How far the session is, and how well it goes.
 *
 * @param block name of the present one, "assist 0.8"; empty for none
 * @param number of the present block, from 1; 0 before the first
 * @param blocks in all; 0 where nobody knows
 * @param secondsLeft in the block; NaN where nobody knows
 * @param trials finished in the block
 * @param acquired of these
 * @param bitsPerSecond so far in the block; NaN for none
 * @param decoder version in use; 0 before the first
 * @param frozen whether adaptation is held
 */
public record TaskProgress(
    String block,
    int number,
    int blocks,
    double secondsLeft,
    int trials,
    int acquired,
    double bitsPerSecond,
    long decoder,
    boolean frozen) {
  /** Before anything. */
  public static final TaskProgress START =
      new TaskProgress("", 0, 0, Double.NaN, 0, 0, Double.NaN, 0, false);

  /** Checks the counts. */
  public TaskProgress {
    Objects.requireNonNull(block, "block");
    if (number < 0 || blocks < 0 || trials < 0 || acquired < 0 || acquired > trials) {
      throw new IllegalArgumentException(
          "counts are not negative, and no more targets acquired than trials; number="
              + number
              + ", blocks="
              + blocks
              + ", trials="
              + trials
              + ", acquired="
              + acquired);
    }
  }

  /** One line: "block 2 of 4: assist 0.8 12 s left 23 trials, 91 % acquired 2.31 bit/s …". */
  public String line() {
    StringBuilder line = new StringBuilder();
    if (number > 0) {
      line.append("block ").append(number);
      line.append(blocks > 0 ? " of " + blocks : "");
      line.append(block.isEmpty() ? "" : ": " + block).append("   ");
    }
    if (!Double.isNaN(secondsLeft)) {
      line.append(String.format(Locale.ROOT, "%.0f s left   ", Math.ceil(secondsLeft)));
    }
    line.append(trials).append(trials == 1 ? " trial" : " trials");
    if (trials > 0) {
      line.append(String.format(Locale.ROOT, ", %.0f %% acquired", 100.0 * acquired / trials));
    }
    if (!Double.isNaN(bitsPerSecond)) {
      line.append(String.format(Locale.ROOT, "   %.2f bit/s", bitsPerSecond));
    }
    if (decoder > 0) {
      line.append("   decoder ").append(decoder).append(frozen ? ", frozen" : "");
    }
    return line.toString();
  }
}
