package org.efferent.decoders.verify;

import java.util.Map;

/**
 * How far this implementation is from a reference on one case.
 *
 * @param name of the case
 * @param architecture of the case
 * @param outputs every expected tensor, and what was checked besides
 */
public record VerificationReport(
    String name, String architecture, Map<String, Difference> outputs) {
  /**
   * One tensor.
   *
   * @param maxAbs largest difference; NaN if it was not computed
   * @param maxRel the same in parts of the largest expected value
   * @param tolerance largest difference allowed, of the row that is nearest to its own
   * @param ok whether every element is within its tolerance
   */
  public record Difference(double maxAbs, double maxRel, double tolerance, boolean ok) {}

  /** Whether all are. */
  public boolean ok() {
    return !outputs.isEmpty() && outputs.values().stream().allMatch(Difference::ok);
  }
}
