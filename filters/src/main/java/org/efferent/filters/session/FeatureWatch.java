package org.efferent.filters.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.efferent.filters.calibration.BlockZScore;

/**
 * Watches a session's features for what a decoder cannot know: channels that stand still, are not
 * numbers, or lie far from what the decoder was trained on. It changes nothing; what it finds
 * depends on the bins alone, so that a session that is repeated finds the same.
 *
 * <p>Looked at every half second, over the last two:
 *
 * <ul>
 *   <li>flat: the value has not changed for 2 s, nor for ten times as long as it ever stood still
 *       before (a sparse unit is silent for long), nor, while the watch is young, for 20 s;
 *   <li>without numbers: no finite value in more than half of the bins;
 *   <li>far: each half second's mean lies more than 5 standard deviations from the mean that the
 *       decoder in use takes away.
 * </ul>
 *
 * <p>More than half of the channels together, where 2 s suffice to be flat, are unusable features:
 * an amplifier that is unplugged, in another unit or on another montage. Used by one thread.
 */
final class FeatureWatch {
  private static final double LOOK_SECONDS = 0.5;
  private static final int LOOKS = 4;
  private static final double FLAT_SECONDS = LOOKS * LOOK_SECONDS;
  private static final double YOUNG_SECONDS = 20;
  private static final int PATIENCE = 10;
  private static final double FAR = 5;
  private static final int MOST_NAMED = 8;

  private static final String FLAT_WORDS = "flat";
  private static final String MISSING_WORDS = "without numbers";
  private static final String FAR_WORDS =
      "more than 5 standard deviations from what the decoder learned (wrong scale or another"
          + " montage?)";

  private final List<String> labels;
  private final int channels;
  private final int look;
  private final long flatBins;
  private final long youngBins;
  private final double[] before;
  private final long[] stood;
  private final long[] longest;
  private final double[][] sums;
  private final int[][] counts;
  private final boolean[] flat;
  private final boolean[] missing;
  private final boolean[] far;
  private String[] said = {"", "", ""};
  private List<String> news = List.of();
  private long bins;
  private int slot;
  private boolean unusable;
  private String reason = "";

  /**
   * Nothing seen yet.
   *
   * @param labels of the features
   * @param binSeconds length of a bin
   */
  FeatureWatch(List<String> labels, double binSeconds) {
    this.labels = List.copyOf(labels);
    channels = labels.size();
    look = Math.max(1, (int) Math.round(LOOK_SECONDS / binSeconds));
    flatBins = Math.round(FLAT_SECONDS / binSeconds);
    youngBins = Math.round(YOUNG_SECONDS / binSeconds);
    before = new double[channels];
    Arrays.fill(before, Double.NaN);
    stood = new long[channels];
    longest = new long[channels];
    sums = new double[LOOKS][channels];
    counts = new int[LOOKS][channels];
    flat = new boolean[channels];
    missing = new boolean[channels];
    far = new boolean[channels];
  }

  /**
   * Takes a bin that came.
   *
   * @param features {@code [channels]}, not modified
   * @param zScore of the decoder in use; empty for none
   * @return whether the features are unusable
   */
  boolean step(double[] features, Optional<BlockZScore> zScore) {
    for (int c = 0; c < channels; c++) {
      double value = features[c];
      if (Double.isFinite(value)) {
        sums[slot][c] += value;
        counts[slot][c]++;
        still(c, value);
      }
    }
    bins++;
    news = List.of();
    if (bins % look != 0) {
      return unusable;
    }
    look(zScore.orElse(null));
    slot = (slot + 1) % LOOKS;
    Arrays.fill(sums[slot], 0);
    Arrays.fill(counts[slot], 0);
    return unusable;
  }

  private void still(int c, double value) {
    if (value == before[c]) {
      stood[c]++;
      return;
    }
    // An amplifier that was off says nothing about its channels.
    if (!unusable) {
      longest[c] = Math.max(longest[c], stood[c]);
    }
    before[c] = value;
    stood[c] = 0;
  }

  private void look(BlockZScore zScore) {
    double[] mean = zScore == null ? null : zScore.mean();
    double[] scale = zScore == null ? null : zScore.scale();
    long seen = Math.min(bins, (long) LOOKS * look);
    int[] bad = new int[3];
    int any = 0;
    for (int c = 0; c < channels; c++) {
      int count = 0;
      for (int s = 0; s < LOOKS; s++) {
        count += counts[s][c];
      }
      missing[c] = 2L * count < seen;
      boolean still = !missing[c] && stood[c] >= flatBins;
      long patience = Math.max(PATIENCE * longest[c], bins < 2 * youngBins ? youngBins : 0);
      flat[c] = still && stood[c] >= patience;
      far[c] = !missing[c] && mean != null && isFar(c, mean[c], scale[c]);
      bad[0] += still ? 1 : 0;
      bad[1] += missing[c] ? 1 : 0;
      bad[2] += far[c] ? 1 : 0;
      any += still || missing[c] || far[c] ? 1 : 0;
    }
    unusable = seen >= flatBins && 2 * any > channels;
    reason =
        unusable
            ? "%d of %d channels are unusable (%d flat, %d without numbers, %d far from what the decoder learned); check amplifier, scale and montage"
                .formatted(any, channels, bad[0], bad[1], bad[2])
            : "";
    if (seen >= flatBins) {
      tell();
    }
  }

  private boolean isFar(int c, double mean, double scale) {
    for (int s = 0; s < LOOKS; s++) {
      double z = (sums[s][c] / counts[s][c] - mean) * scale;
      // A half second without a number says nothing.
      if (counts[s][c] > 0 && Math.abs(z) <= FAR) {
        return false;
      }
    }
    return true;
  }

  private void tell() {
    String[] now = {line(flat, FLAT_WORDS), line(missing, MISSING_WORDS), line(far, FAR_WORDS)};
    String[] words = {FLAT_WORDS, MISSING_WORDS, FAR_WORDS};
    List<String> told = new ArrayList<>();
    for (int k = 0; k < now.length; k++) {
      if (!now[k].equals(said[k])) {
        told.add(now[k].isEmpty() ? "no channel is " + words[k] + " any more" : now[k]);
      }
    }
    said = now;
    news = told;
  }

  private String line(boolean[] marked, String words) {
    List<String> names = new ArrayList<>();
    int count = 0;
    for (int c = 0; c < channels; c++) {
      if (marked[c]) {
        count++;
        if (count <= MOST_NAMED) {
          names.add(labels.get(c));
        }
      }
    }
    if (count == 0) {
      return "";
    }
    String more = count > MOST_NAMED ? " and " + (count - MOST_NAMED) + " more" : "";
    return "%d of %d channels %s %s: %s%s"
        .formatted(
            count, channels, count == 1 ? "is" : "are", words, String.join(", ", names), more);
  }

  /** What began, changed or was over in the last bin, a line each. */
  List<String> news() {
    return news;
  }

  /** Why the features are unusable; empty while they are not. */
  String reason() {
    return reason;
  }

  /** What is wrong now, one line; empty for nothing. */
  String warning() {
    List<String> lines = Arrays.stream(said).filter(s -> !s.isEmpty()).toList();
    return String.join("; ", lines);
  }
}
