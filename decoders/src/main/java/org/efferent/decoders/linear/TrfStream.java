package org.efferent.decoders.linear;

import java.util.Arrays;
import org.efferent.core.InputException;

/**
 * A temporal response function at work on a stream, chunk by chunk. However a trial is cut, what
 * comes out is what {@link TemporalResponseFunction#predict} gives, to the bit; output row t comes
 * as soon as input row {@code t + lookAhead} is there. Used by one thread.
 */
public final class TrfStream {
  private final TrfOptions options;
  private final int inputs;
  private final int outputs;
  private final double[] taps;
  private final double[] ring;
  private final int capacity;
  private long arrived;
  private long next;

  TrfStream(TrfOptions options, int inputs, int outputs, double[] taps) {
    this.options = options;
    this.inputs = inputs;
    this.outputs = outputs;
    this.taps = taps;
    capacity = Math.max(0, options.lastLag()) + lookAhead() + 1;
    ring = new double[Math.multiplyExact(capacity, inputs)];
    next = TrfCovariances.firstRow(options);
  }

  /** Input rows after t that output row t waits for. */
  public int lookAhead() {
    return Math.max(0, -options.firstLag());
  }

  /** Index of the output row that comes next, counted as the input rows are. */
  public long nextRow() {
    return next;
  }

  /**
   * Takes the next rows.
   *
   * @param x {@code [rows × inputs]}, row-major
   * @param rows any number
   * @return {@code [ready × outputs]}: the rows that are ready now
   */
  public double[] push(double[] x, int rows) {
    if (rows < 0 || x.length != (long) rows * inputs) {
      throw new InputException(
          "a chunk must be [rows × inputs] of the model; rows=%d, inputs=%d, values=%d"
              .formatted(rows, inputs, x.length));
    }
    int ready = (int) Math.max(0, arrived + rows - lookAhead() - next);
    double[] out = new double[ready * outputs];
    int done = 0;
    for (int r = 0; r < rows; r++) {
      System.arraycopy(x, r * inputs, ring, (int) (arrived % capacity) * inputs, inputs);
      arrived++;
      if (next + lookAhead() < arrived) {
        emit(out, done++ * outputs);
      }
    }
    return out;
  }

  /**
   * Ends the trial: the rows that waited for more see zeros there, or are left out if the model
   * does not pad. The stream begins anew.
   *
   * @return {@code [rows × outputs]}
   */
  public double[] flush() {
    int waiting = (int) Math.max(0, arrived - next);
    double[] out = new double[options.zeroPad() ? waiting * outputs : 0];
    for (int r = 0; options.zeroPad() && r < waiting; r++) {
      Arrays.fill(
          ring, (int) (arrived % capacity) * inputs, (int) (arrived % capacity + 1) * inputs, 0);
      arrived++;
      emit(out, r * outputs);
    }
    reset();
    return out;
  }

  /** Begins anew. */
  public void reset() {
    Arrays.fill(ring, 0);
    arrived = 0;
    next = TrfCovariances.firstRow(options);
  }

  private void emit(double[] out, int at) {
    System.arraycopy(taps, 0, out, at, outputs);
    for (int l = 0; l < options.lags(); l++) {
      long source = next - options.firstLag() - l;
      if (source >= 0) {
        int row = (int) (source % capacity) * inputs;
        for (int i = 0; i < inputs; i++) {
          add(ring[row + i], (1 + l * inputs + i) * outputs, out, at);
        }
      }
    }
    next++;
  }

  private void add(double value, int tap, double[] out, int at) {
    for (int j = 0; j < outputs; j++) {
      out[at + j] += value * taps[tap + j];
    }
  }
}
