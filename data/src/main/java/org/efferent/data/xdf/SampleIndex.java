package org.efferent.data.xdf;

import java.util.Arrays;

/**
 * Where the values of a stream's samples are: runs of samples that lie at equal distances, which is
 * a run a chunk as a rule.
 */
final class SampleIndex {
  /** What may lie between samples of one run: a stamp, or the head of a chunk. */
  private static final int MOST_BETWEEN = 64;

  private long[] first = new long[16];
  private long[] at = new long[16];
  private int[] stride = new int[16];
  private int runs;

  /**
   * Adds the sample that follows those before.
   *
   * @param sample its number, from 0
   * @param place where its values begin
   * @param width bytes of its values
   */
  void add(long sample, long place, int width) {
    if (runs > 0) {
      int last = runs - 1;
      long count = sample - first[last];
      long step = place - at[last];
      if (count == 1 && step >= width && step <= (long) width + MOST_BETWEEN) {
        stride[last] = (int) step;
        return;
      }
      if (count > 1 && step == count * stride[last]) {
        return;
      }
    }
    if (runs == first.length) {
      int more = runs * 2;
      first = Arrays.copyOf(first, more);
      at = Arrays.copyOf(at, more);
      stride = Arrays.copyOf(stride, more);
    }
    first[runs] = sample;
    at[runs] = place;
    stride[runs] = width;
    runs++;
  }

  /** The run that a sample is in. */
  int run(long sample) {
    int found = Arrays.binarySearch(first, 0, runs, sample);
    return found >= 0 ? found : -found - 2;
  }

  /** Where a sample of a run is. */
  long place(int run, long sample) {
    return at[run] + (sample - first[run]) * stride[run];
  }

  /** Bytes from one sample of a run to the next. */
  int stride(int run) {
    return stride[run];
  }

  /** Number of the sample after the last of a run. */
  long end(int run, long samples) {
    return run + 1 < runs ? first[run + 1] : samples;
  }
}
