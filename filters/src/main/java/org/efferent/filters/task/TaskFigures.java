package org.efferent.filters.task;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How trials were steered, taken together: a block, or a session. Means are over the trials to
 * which a figure applies; NaN where there is none. Times in seconds, lengths in the task's unit,
 * angles in radian.
 *
 * @param trials finished
 * @param acquired of these the cued target
 * @param wrong of these another target
 * @param timeouts of these nothing
 * @param seconds that the trials took together
 * @param success share acquired
 * @param medianAcquisitionSeconds from cue to selection, holding included; median of the acquired
 * @param firstTouchSeconds from cue to the first entry, mean
 * @param dialInSeconds from the first to the last entry, mean of the acquired
 * @param pathEfficiency straight over travelled distance, mean of the acquired
 * @param bitsPerSecond achieved bit rate, {@link #bitRate}, where several places could be selected;
 *     else the indices of difficulty of the acquired trials over the time of all
 * @param throughput Fitts' throughput, mean of ID / movement time of the acquired, bit/s
 * @param effectiveThroughput as ISO 9241-411 adjusts it for accuracy: per target size {@code
 *     log2(De / We + 1)} over the mean movement time; mean over the sizes, see {@link
 *     FittsCondition}
 * @param reentries MacKenzie's target re-entries, mean of the trials; the next six likewise
 * @param axisCrossings task axis crossings
 * @param directionChanges movement direction changes
 * @param orthogonalChanges orthogonal direction changes
 * @param variability movement variability
 * @param error movement error
 * @param offset movement offset
 * @param angularError between the cursor's steps and the direction to the target, mean; chance π/2
 */
public record TaskFigures(
    int trials,
    int acquired,
    int wrong,
    int timeouts,
    double seconds,
    double success,
    double medianAcquisitionSeconds,
    double firstTouchSeconds,
    double dialInSeconds,
    double pathEfficiency,
    double bitsPerSecond,
    double throughput,
    double effectiveThroughput,
    double reentries,
    double axisCrossings,
    double directionChanges,
    double orthogonalChanges,
    double variability,
    double error,
    double offset,
    double angularError) {

  /**
   * Sums trials up.
   *
   * @param trials finished, of one task
   * @param choices places that could be selected in each; 1 where only the cued one could
   * @return their figures
   */
  public static TaskFigures of(List<Trial> trials, int choices) {
    List<TrialFigures> all = trials.stream().map(TrialFigures::of).toList();
    List<TrialFigures> acquired =
        all.stream().filter(f -> !Double.isNaN(f.movementSeconds())).toList();
    int correct = count(trials, Trial.Outcome.ACQUIRED);
    int wrong = count(trials, Trial.Outcome.WRONG);
    double seconds = trials.stream().mapToDouble(Trial::seconds).sum();
    double difficulty = acquired.stream().mapToDouble(TrialFigures::difficulty).sum();
    return new TaskFigures(
        trials.size(),
        correct,
        wrong,
        count(trials, Trial.Outcome.TIMEOUT),
        seconds,
        trials.isEmpty() ? Double.NaN : (double) correct / trials.size(),
        median(acquired.stream().mapToDouble(TrialFigures::seconds).toArray()),
        mean(all, TrialFigures::firstTouchSeconds),
        mean(all, TrialFigures::dialInSeconds),
        mean(all, TrialFigures::pathEfficiency),
        choices > 1 ? bitRate(choices, correct, wrong, seconds) : difficulty / seconds,
        mean(acquired, f -> f.difficulty() / f.movementSeconds()),
        FittsFigures.from(all).effectiveThroughput(),
        mean(all, TrialFigures::reentries),
        mean(all, TrialFigures::axisCrossings),
        mean(all, TrialFigures::directionChanges),
        mean(all, TrialFigures::orthogonalChanges),
        mean(all, TrialFigures::variability),
        mean(all, TrialFigures::error),
        mean(all, TrialFigures::offset),
        mean(all, TrialFigures::angularError));
  }

  /**
   * The achieved bit rate, {@code log2(N - 1) max(Sc - Si, 0) / t} (Nuyujukian et al. 2015, doi
   * 10.1109/TBME.2014.2354697).
   *
   * @param choices N, places that can be selected, at least 2
   * @param correct selections Sc
   * @param wrong selections Si
   * @param seconds t
   * @return bit/s; NaN where no time went by
   */
  public static double bitRate(int choices, int correct, int wrong, double seconds) {
    return TrialFigures.log2(choices - 1.0) * Math.max(correct - wrong, 0) / seconds;
  }

  private static int count(List<Trial> trials, Trial.Outcome outcome) {
    return (int) trials.stream().filter(t -> t.outcome() == outcome).count();
  }

  private static double mean(List<TrialFigures> all, ToDoubleFunction<TrialFigures> figure) {
    return all.stream()
        .mapToDouble(figure)
        .filter(v -> !Double.isNaN(v))
        .average()
        .orElse(Double.NaN);
  }

  /** The middle value, or the mean of the two; NaN of none. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** All figures by name, in the order of the record. */
  public Map<String, Object> byName() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("trials", trials);
    all.put("acquired", acquired);
    all.put("wrong", wrong);
    all.put("timeouts", timeouts);
    all.put("seconds", seconds);
    all.put("success", success);
    all.put("medianAcquisitionSeconds", medianAcquisitionSeconds);
    all.put("firstTouchSeconds", firstTouchSeconds);
    all.put("dialInSeconds", dialInSeconds);
    all.put("pathEfficiency", pathEfficiency);
    all.put("bitsPerSecond", bitsPerSecond);
    all.put("throughput", throughput);
    all.put("effectiveThroughput", effectiveThroughput);
    all.put("reentries", reentries);
    all.put("axisCrossings", axisCrossings);
    all.put("directionChanges", directionChanges);
    all.put("orthogonalChanges", orthogonalChanges);
    all.put("variability", variability);
    all.put("error", error);
    all.put("offset", offset);
    all.put("angularError", angularError);
    return all;
  }
}
