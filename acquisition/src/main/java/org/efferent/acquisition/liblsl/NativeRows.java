package org.efferent.acquisition.liblsl;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleUnaryOperator;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.TimeCorrection;
import org.efferent.core.Chunk;

/**
 * The memory that an inlet's pulling thread shares with liblsl, and the calls that fill it. Whoever
 * uses it holds the inlet's handle; nothing is allocated a sample.
 */
final class NativeRows implements AutoCloseable {
  private static final int LOST = -2;

  private final Pointer inlet;
  private final LibLsl library;
  private final String doing;
  private final int channels;
  private final boolean int64;
  private final Memory error = new Memory(4);
  private final Memory sample;
  private Memory values;
  private Memory stamps;
  private Pointer secondRow;
  private Pointer secondStamp;
  private int capacity;
  private volatile boolean lost;

  NativeRows(Pointer inlet, LslStreamInfo info, LibLsl library, String doing) {
    this.inlet = inlet;
    this.library = library;
    this.doing = doing;
    channels = info.channelCount();
    int64 = info.format() == ChannelFormat.INT64;
    sample = new Memory(Math.max(16, 12L * channels));
  }

  /** Whether liblsl has said that the stream is lost. */
  boolean isLost() {
    return lost;
  }

  /**
   * Pulls rows into this memory.
   *
   * @param wait seconds to wait for the first; a chunk's own time-out waits until all are there
   * @param most how many at the most
   * @return how many
   */
  int pull(double wait, int most) {
    reserve(most);
    if (wait == 0) {
      return chunk(values, stamps, most);
    }
    error.setInt(0, 0);
    double stamp = Calls.lsl_pull_sample_d(inlet, values, channels, wait, error);
    check();
    if (stamp == 0) {
      return 0;
    }
    stamps.setDouble(0, stamp);
    return most == 1 ? 1 : 1 + chunk(secondRow, secondStamp, most - 1);
  }

  private int chunk(Pointer valuesAt, Pointer stampsAt, int most) {
    error.setInt(0, 0);
    stampsAt.setMemory(0, 8L * most, (byte) 0xFF); // NaN
    long elements =
        Calls.lsl_pull_chunk_d(inlet, valuesAt, stampsAt, (long) most * channels, most, 0, error);
    check();
    if (!lost) {
      return (int) (LibLsl.count(elements) / channels);
    }
    // Lost in the middle of the call, which then tells no count, but has filled these.
    int n = 0;
    while (n < most && !Double.isNaN(stampsAt.getDouble(8L * n))) {
      n++;
    }
    return n;
  }

  private void reserve(int rows) {
    if (rows > capacity) {
      closeChunk();
      values = new Memory(8L * rows * channels);
      stamps = new Memory(8L * rows);
      if (rows > 1) {
        secondRow = values.share(8L * channels);
        secondStamp = stamps.share(8);
      }
      capacity = rows;
    }
  }

  /** Hands the first rows out, their stamps treated. */
  void hand(Chunk into, int rows, DoubleUnaryOperator treat) {
    values.read(0, into.values(), 0, rows * channels);
    for (int row = 0; row < rows; row++) {
      into.append(treat.applyAsDouble(stamps.getDouble(8L * row)));
    }
  }

  /**
   * What liblsl, which measures on a thread of its own, says of the clock.
   *
   * @param before what stands if it says nothing
   * @param wait seconds to wait for it
   */
  TimeCorrection correction(TimeCorrection before, double wait) {
    error.setInt(0, 0);
    double seconds = Calls.lsl_time_correction(inlet, wait, error);
    return error.getInt(0) == 0 ? new TimeCorrection(seconds, Double.NaN, Double.NaN) : before;
  }

  /**
   * Pulls one row of numbers or texts.
   *
   * @param into {@code double[channels]}, {@code long[channels]} or {@code String[channels]}
   * @param wait seconds to wait for it
   * @return its stamp; 0 if none came
   */
  double pull(Object into, double wait) {
    error.setInt(0, 0);
    double stamp;
    if (into instanceof String[] strings) {
      stamp = strings(strings, wait);
    } else if (into instanceof long[] longs && int64) {
      // As it is: what liblsl calls long has 4 bytes on Windows.
      stamp = Calls.lsl_pull_sample_v(inlet, sample, 8 * channels, wait, error);
      check();
      if (stamp != 0) {
        sample.read(0, longs, 0, channels);
      }
    } else {
      stamp = Calls.lsl_pull_sample_d(inlet, sample, channels, wait, error);
      check();
      for (int c = 0; stamp != 0 && c < channels; c++) {
        double value = sample.getDouble(8L * c);
        if (into instanceof double[] doubles) {
          doubles[c] = value;
        } else {
          ((long[]) into)[c] = (long) value;
        }
      }
    }
    return stamp;
  }

  private double strings(String[] into, double wait) {
    Pointer lengths = sample.share(8L * channels);
    double stamp = Calls.lsl_pull_sample_buf(inlet, sample, lengths, channels, wait, error);
    check();
    if (stamp != 0) {
      for (int c = 0; c < channels; c++) {
        Pointer text = sample.getPointer(8L * c);
        byte[] bytes = text.getByteArray(0, lengths.getInt(4L * c));
        Calls.lsl_destroy_string(text);
        into[c] = new String(bytes, StandardCharsets.UTF_8);
      }
    }
    return stamp;
  }

  private void check() {
    int code = error.getInt(0);
    if (code == LOST) {
      lost = true;
    } else if (code != 0) {
      library.check(code, doing);
    }
  }

  private void closeChunk() {
    if (values != null) {
      values.close();
      stamps.close();
    }
  }

  @Override
  public void close() {
    closeChunk();
    sample.close();
    error.close();
  }
}
