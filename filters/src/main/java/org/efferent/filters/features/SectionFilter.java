package org.efferent.filters.features;

import java.util.Arrays;
import org.efferent.core.Chunk;
import org.efferent.core.InputException;
import org.efferent.core.Transform;

/**
 * A recursive filter at work on every channel of a stream, causally: transposed direct form II, the
 * state kept from row to row, so that the result is the same to the bit however a stream is cut.
 *
 * <p>A channel's first usable value counts as having stood there for ever, so that an offset makes
 * no step. A value that is not finite (or above 1e100 in size) is replaced by the channel's last
 * usable one and counted. After a loss within the stream ({@link Chunk#lostBefore()}) it starts
 * anew. Used by one thread; a row allocates nothing.
 */
public final class SectionFilter implements Transform {
  private static final double LARGEST = 1e100;

  private final double[][] sections;
  private final int channels;
  private final double[] state;
  private final double[] last;
  private final boolean[] begun;
  private long held;

  /**
   * A filter at its start.
   *
   * @param filter what to do
   * @param channels values a row, at least 1
   */
  public SectionFilter(SecondOrderSections filter, int channels) {
    this.channels = channels;
    sections = new double[filter.size()][];
    for (int s = 0; s < sections.length; s++) {
      sections[s] = filter.section(s);
    }
    state = new double[2 * sections.length * channels];
    last = new double[channels];
    begun = new boolean[channels];
  }

  static boolean usable(double value) {
    return Math.abs(value) <= LARGEST;
  }

  @Override
  public void apply(Chunk chunk) {
    if (chunk.channels() != channels) {
      throw new InputException(
          "a filter must see the channels that it was made for; channels="
              + chunk.channels()
              + ", made for "
              + channels);
    }
    if (chunk.lostBefore() > 0) {
      reset();
    }
    for (int r = 0; r < chunk.rows(); r++) {
      apply(chunk.values(), r * channels);
    }
  }

  /**
   * Filters one row in place.
   *
   * @param values array that holds the row; modified
   * @param at where it starts
   */
  public void apply(double[] values, int at) {
    int k = 0;
    for (int c = 0; c < channels; c++) {
      double x = values[at + c];
      if (usable(x)) {
        last[c] = x;
        if (!begun[c]) {
          begun[c] = true;
          settle(x, k);
        }
      } else {
        x = last[c];
        held++;
      }
      for (double[] s : sections) {
        double y = s[0] * x + state[k];
        state[k] = s[1] * x - s[3] * y + state[k + 1];
        state[k + 1] = s[2] * x - s[4] * y;
        x = y;
        k += 2;
      }
      values[at + c] = x;
    }
  }

  /** The state after an endless stay at one value. */
  private void settle(double value, int from) {
    double x = value;
    int k = from;
    for (double[] s : sections) {
      double y = x * (s[0] + s[1] + s[2]) / (1 + s[3] + s[4]);
      state[k] = y - s[0] * x;
      state[k + 1] = s[2] * x - s[4] * y;
      x = y;
      k += 2;
    }
  }

  @Override
  public void reset() {
    Arrays.fill(state, 0);
    Arrays.fill(last, 0);
    Arrays.fill(begun, false);
  }

  /** Values that were not usable and were replaced, since construction. */
  public long held() {
    return held;
  }
}
