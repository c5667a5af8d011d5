package org.efferent.filters.task;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fitts' figures of the targets of one size: a condition of ISO 9241-411, whose distances are those
 * that came. Over the acquired trials; times in seconds, lengths in the task's unit; NaN where
 * there are too few.
 *
 * @param width W of the targets
 * @param trials finished
 * @param acquired of these
 * @param distance D from the start to the target's centre, mean
 * @param difficulty ID = log2(D / W + 1), mean of the trials, bits
 * @param movementSeconds MT from the cue to the last entry, mean
 * @param throughput mean of ID / MT, bit/s
 * @param effectiveDistance De, mean distance along the task axis from the start to where the
 *     selection was made
 * @param effectiveWidth We = 4.133 standard deviations (over n - 1) of where selections were made,
 *     along the task axis, from three trials on
 * @param effectiveDifficulty IDe = log2(De / We + 1), bits
 * @param effectiveThroughput IDe / MT, bit/s
 */
public record FittsCondition(
    double width,
    int trials,
    int acquired,
    double distance,
    double difficulty,
    double movementSeconds,
    double throughput,
    double effectiveDistance,
    double effectiveWidth,
    double effectiveDifficulty,
    double effectiveThroughput) {

  /** All figures by name, in the order of the record. */
  public Map<String, Object> byName() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("width", width);
    all.put("trials", trials);
    all.put("acquired", acquired);
    all.put("distance", distance);
    all.put("difficulty", difficulty);
    all.put("movementSeconds", movementSeconds);
    all.put("throughput", throughput);
    all.put("effectiveDistance", effectiveDistance);
    all.put("effectiveWidth", effectiveWidth);
    all.put("effectiveDifficulty", effectiveDifficulty);
    all.put("effectiveThroughput", effectiveThroughput);
    return all;
  }
}
