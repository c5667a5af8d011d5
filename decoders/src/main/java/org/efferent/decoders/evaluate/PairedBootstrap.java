package org.efferent.decoders.evaluate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How sure a difference between two decoders is that were scored on the same examples. Stimuli and
 * subjects are drawn anew, each with replacement; an example counts as often as its stimulus times
 * as often as its subject was drawn (the pigeonhole bootstrap, Owen, Annals of Applied Statistics
 * 1(2), 2007). A single subject is not drawn: what is found then holds for that subject.
 *
 * @param difference mean over the examples
 * @param low 2.5th percentile of the draws
 * @param high 97.5th percentile of the draws
 * @param draws how many
 */
public record PairedBootstrap(double difference, double low, double high, int draws) {
  /** Draws that are enough for an interval of 95 %. */
  public static final int DRAWS = 2000;

  /**
   * Draws.
   *
   * @param first score of each example by one decoder, {@code [examples]}
   * @param second score of each example by the other
   * @param stimuli unit of each example: examples whose noise or targets are not independent share
   *     one
   * @param subjects of each example
   * @param draws at least 100
   * @param seed of the draws
   * @return the mean of first − second, and its interval
   */
  @SuppressWarnings("TooManyParameters") // Four columns of one table, and how to draw.
  public static PairedBootstrap of(
      double[] first, double[] second, String[] stimuli, int[] subjects, int draws, long seed) {
    int n = first.length;
    if (n == 0 || second.length != n || stimuli.length != n || subjects.length != n) {
      throw new IllegalArgumentException(
          "scores, stimuli and subjects must be one an example, and one at least; first=%d, second=%d, stimuli=%d, subjects=%d"
              .formatted(n, second.length, stimuli.length, subjects.length));
    }
    if (draws < 100) {
      throw new IllegalArgumentException("draws must be 100 or more; draws=" + draws);
    }
    double[] difference = new double[n];
    for (int i = 0; i < n; i++) {
      difference[i] = first[i] - second[i];
    }
    int[] stimulus = numbered(stimuli);
    int[] subject = numbered(Arrays.stream(subjects).mapToObj(String::valueOf).toArray());
    int subjectCount = Arrays.stream(subject).max().orElse(0) + 1;
    int stimulusCount = Arrays.stream(stimulus).max().orElse(0) + 1;
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[draws];
    for (int d = 0; d < draws; d++) {
      do {
        int[] ofSubject = drawn(subjectCount, random);
        int[] ofStimulus = drawn(stimulusCount, random);
        means[d] = mean(difference, stimulus, ofStimulus, subject, ofSubject);
      } while (Double.isNaN(means[d])); // A draw without any example says nothing.
    }
    Arrays.sort(means);
    return new PairedBootstrap(
        Arrays.stream(difference).sum() / n,
        percentile(means, 0.025),
        percentile(means, 0.975),
        draws);
  }

  /** Whether the interval is above zero. */
  public boolean above() {
    return low > 0;
  }

  private static int[] numbered(Object[] names) {
    Map<Object, Integer> numbers = new HashMap<>();
    int[] out = new int[names.length];
    for (int i = 0; i < out.length; i++) {
      Integer before = numbers.putIfAbsent(names[i], numbers.size());
      out[i] = before == null ? numbers.size() - 1 : before;
    }
    return out;
  }

  /** How often each of some units was drawn. */
  private static int[] drawn(int units, SplittableRandom random) {
    int[] counts = new int[units];
    for (int i = 0; i < units; i++) {
      counts[random.nextInt(units)]++;
    }
    return counts;
  }

  private static double mean(
      double[] difference, int[] stimulus, int[] ofStimulus, int[] subject, int[] ofSubject) {
    double sum = 0;
    long count = 0;
    for (int i = 0; i < difference.length; i++) {
      int weight = ofStimulus[stimulus[i]] * ofSubject[subject[i]];
      sum += weight * difference[i];
      count += weight;
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /** Between the two nearest, as NumPy does. */
  private static double percentile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
