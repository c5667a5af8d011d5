package org.efferent.decoders.preprocess;

import java.util.Arrays;
import org.efferent.core.InputException;

/**
 * A {@link SincResampler} at work on a stream: however it is cut, what comes out is what {@link
 * SincResampler#apply} gives, to the bit. Used by one thread.
 */
public final class ResamplerStream {
  private final SincResampler filter;
  private final int channels;
  private final int capacity;
  private final double[] ring;
  private final double[] first;
  private long arrived;
  private long made;

  ResamplerStream(SincResampler filter, int channels) {
    if (channels < 1) {
      throw new IllegalArgumentException("channels must be 1 at least; channels=" + channels);
    }
    this.filter = filter;
    this.channels = channels;
    int longest = 0;
    for (int p = 0; p < filter.phases(); p++) {
      longest = Math.max(longest, filter.kernel(p).length);
    }
    // When upsampling several outputs wait for one input row; none needs rows older than a kernel.
    capacity = longest + filter.step() + 1;
    ring = new double[Math.multiplyExact(capacity, channels)];
    first = new double[channels];
  }

  /** Output rows until now. */
  public long made() {
    return made;
  }

  /**
   * Takes the next rows.
   *
   * @param x {@code [rows × channels]}, row-major
   * @param rows any number
   * @return {@code [ready × channels]}: the rows that are ready now
   */
  public double[] push(double[] x, int rows) {
    if (rows < 0 || x.length != (long) rows * channels) {
      throw new InputException(
          "a chunk must be [rows × channels]; rows=%d, channels=%d, values=%d"
              .formatted(rows, channels, x.length));
    }
    double[] out = new double[0];
    int used = 0;
    for (int r = 0; r < rows; r++) {
      if (arrived == 0) {
        System.arraycopy(x, 0, first, 0, channels);
      }
      System.arraycopy(x, r * channels, ring, (int) (arrived % capacity) * channels, channels);
      arrived++;
      while (lastInput(made) < arrived) {
        out = room(out, used + channels);
        emit(out, used);
        used += channels;
      }
    }
    return Arrays.copyOf(out, used);
  }

  /**
   * Ends the signal, which is taken to go on at its last row. The stream begins anew.
   *
   * @return {@code [rows × channels]}: the rows that waited
   */
  public double[] flush() {
    long total = arrived * filter.toHz() / filter.fromHz();
    double[] out = new double[(int) Math.max(0, total - made) * channels];
    double[] last = new double[channels];
    if (arrived > 0) {
      System.arraycopy(ring, (int) ((arrived - 1) % capacity) * channels, last, 0, channels);
    }
    for (int at = 0; at < out.length; at += channels) {
      while (lastInput(made) >= arrived) {
        System.arraycopy(last, 0, ring, (int) (arrived % capacity) * channels, channels);
        arrived++;
      }
      emit(out, at);
    }
    reset();
    return out;
  }

  /** Begins anew. */
  public void reset() {
    arrived = 0;
    made = 0;
  }

  private static double[] room(double[] out, int needed) {
    return needed <= out.length ? out : Arrays.copyOf(out, Math.max(needed, 2 * out.length));
  }

  private int phase(long output) {
    return (int) (output % filter.phases());
  }

  private long firstInput(long output) {
    return output / filter.phases() * filter.step() + filter.start(phase(output));
  }

  private long lastInput(long output) {
    return firstInput(output) + filter.kernel(phase(output)).length - 1;
  }

  private void emit(double[] out, int at) {
    double[] kernel = filter.kernel(phase(made));
    long from = firstInput(made);
    for (int k = 0; k < kernel.length; k++) {
      double[] source = from + k < 0 ? first : ring;
      int row = from + k < 0 ? 0 : (int) ((from + k) % capacity) * channels;
      for (int c = 0; c < channels; c++) {
        out[at + c] += kernel[k] * source[row + c];
      }
    }
    made++;
  }
}
