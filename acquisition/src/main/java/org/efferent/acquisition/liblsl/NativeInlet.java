package org.efferent.acquisition.liblsl;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.InletOptions;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamInlet;
import org.efferent.acquisition.lsl.TimeCorrection;
import org.efferent.core.Chunk;
import org.efferent.core.Source;
import org.efferent.core.StreamException;

/**
 * An inlet of liblsl. Its buffer is counted in whole seconds, it does not tell what that dropped,
 * and a sample stamped exactly 0 cannot be told from none. When its outlet closes it throws away
 * what was not pulled yet ({@code data_receiver.cpp}: the loss is checked before the buffer), so
 * that a stream that ends in a burst lacks its last milliseconds; an inlet in Java has them.
 *
 * <p>It does not recover: a liblsl that may (1.12) blocks a pull until the stream is back.
 */
public final class NativeInlet implements StreamInlet {
  private static final double OPEN_SECONDS = 5;
  private static final int DEFAULT_BUFFER_SECONDS = 360;
  private static final int SAMPLES_A_SECOND_IRREGULAR = 100;
  private static final long CORRECTION_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final LibLsl library;
  private final LslStreamInfo info;
  private final InletOptions options;
  private final int channels;
  private final Handle handle;
  private final Memory error = new Memory(4);
  private final Memory patience = new Memory(4); // the error of calls from other threads
  private final Memory sample;
  private Memory values;
  private Memory stamps;
  private Pointer secondRow;
  private Pointer secondStamp;
  private int capacity;
  private volatile TimeCorrection correction;
  private long correctedAt;
  private volatile boolean ended;

  /** Of a description that stays the caller's; nothing is connected yet. */
  NativeInlet(LslStreamInfo info, InletOptions options, LibLsl library, Pointer description) {
    this.library = library;
    this.info = info;
    this.options = options;
    channels = info.channelCount();
    Pointer inlet =
        Calls.lsl_create_inlet(description, bufferSeconds(info, options), options.maxChunk(), 0);
    if (inlet == null) {
      throw new StreamException("liblsl cannot receive stream '" + info.name() + "'");
    }
    handle = new Handle(inlet);
    sample = new Memory(Math.max(16, 12L * channels));
  }

  /** liblsl's unit: seconds of a regular stream, hundreds of samples of an irregular one. */
  static int bufferSeconds(LslStreamInfo info, InletOptions options) {
    if (options.bufferSamples() == 0) {
      return DEFAULT_BUFFER_SECONDS;
    }
    double rate = info.nominalRateHz() > 0 ? info.nominalRateHz() : SAMPLES_A_SECOND_IRREGULAR;
    return (int) Math.max(1, Math.ceil(options.bufferSamples() / rate));
  }

  /** Calls within liblsl that last, sliced so that the handle can be closed in between. */
  @FunctionalInterface
  private interface Slice<T> {
    T call(Pointer inlet, double seconds, Pointer error);
  }

  private <T> T patiently(double seconds, String doing, Slice<T> slice) {
    long deadline = System.nanoTime() + (long) (seconds * 1e9);
    synchronized (patience) {
      while (true) {
        long held = handle.enter();
        if (held == 0) {
          throw new IllegalStateException("inlet '" + info.name() + "' is closed");
        }
        int code;
        try {
          patience.setInt(0, 0);
          T result = slice.call(handle.pointer(), Handle.SLICE_SECONDS, patience);
          code = patience.getInt(0);
          if (code == 0) {
            return result;
          }
        } finally {
          handle.exit(held);
        }
        if (code != -1 || System.nanoTime() - deadline >= 0) {
          library.check(code, doing);
        }
      }
    }
  }

  private String where() {
    LslStreamInfo.Endpoint at = info.v4().isComplete() ? info.v4() : info.v6();
    // liblsl 1.12 does not tell the addresses that it knows.
    String host = at.address().isEmpty() ? info.origin().hostname() : at.address();
    return host + ":" + at.dataPort();
  }

  /** Waits until it is connected, and measures the clock if stamps shall be moved. */
  void connect() {
    patiently(
        OPEN_SECONDS,
        "opening stream '" + info.name() + "'",
        (inlet, seconds, code) -> {
          Calls.lsl_open_stream(inlet, seconds, code);
          return null;
        });
    if (options.timeCorrection()) {
      correction = timeCorrection(Duration.ofSeconds((long) OPEN_SECONDS));
      correctedAt = System.nanoTime();
    }
  }

  LslStreamInfo fullInfo(double seconds) {
    return patiently(
        seconds,
        "asking stream '" + info.name() + "' for its description",
        (inlet, slice, code) -> {
          Pointer full = Calls.lsl_get_fullinfo(inlet, slice, code);
          if (full == null) {
            return null;
          }
          try {
            LslStreamInfo told = LslStreamInfo.parse(LibLsl.xml(full));
            return told.at(told.origin(), info.v4());
          } finally {
            Calls.lsl_destroy_streaminfo(full);
          }
        });
  }

  @Override
  public LslStreamInfo info() {
    return info;
  }

  /** Always 0: liblsl does not tell. */
  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public int available() {
    long held = handle.enter();
    if (held == 0) {
      return 0;
    }
    try {
      return Calls.lsl_samples_available(handle.pointer());
    } finally {
      handle.exit(held);
    }
  }

  @Override
  public boolean isEnded() {
    return ended || handle.isClosed();
  }

  @Override
  public boolean wasClockReset() {
    long held = handle.enter();
    if (held == 0) {
      return false;
    }
    try {
      return Calls.lsl_was_clock_reset(handle.pointer()) != 0;
    } finally {
      handle.exit(held);
    }
  }

  @Override
  public int pull(Chunk into, Duration timeout) throws InterruptedException {
    checkPull(true, into.channels());
    into.clear();
    long deadline = System.nanoTime() + timeout.toNanos();
    double wait = 0;
    while (true) {
      long held = handle.enter();
      if (held == 0) {
        return Source.END;
      }
      try {
        int rows = wait == 0 ? atOnce(0, into.capacity()) : waiting(wait, into.capacity());
        if (rows > 0) {
          hand(into, rows);
          return rows;
        }
      } finally {
        handle.exit(held);
      }
      wait = nextWait(deadline);
      if (wait < 0) {
        return Source.END;
      }
      if (wait == 0) {
        return 0;
      }
    }
  }

  /** Takes what is there, from a row of the buffer on. */
  private int atOnce(int row, int most) {
    reserve(most);
    if (row == most) {
      return 0;
    }
    error.setInt(0, 0);
    long n =
        Calls.lsl_pull_chunk_d(
            handle.pointer(),
            row == 0 ? values : secondRow,
            row == 0 ? stamps : secondStamp,
            (long) (most - row) * channels,
            most - row,
            0,
            error);
    check();
    return (int) (LibLsl.count(n) / channels);
  }

  /** Waits for one sample, and takes what came with it: a chunk's own time-out waits till full. */
  private int waiting(double seconds, int most) {
    reserve(most);
    error.setInt(0, 0);
    double stamp = Calls.lsl_pull_sample_d(handle.pointer(), values, channels, seconds, error);
    check();
    if (stamp == 0) {
      return 0;
    }
    stamps.setDouble(0, stamp);
    return 1 + atOnce(1, most);
  }

  private void reserve(int rows) {
    if (rows > capacity) {
      closeBuffers();
      values = new Memory(8L * rows * channels);
      stamps = new Memory(8L * rows);
      if (rows > 1) {
        secondRow = values.share(8L * channels);
        secondStamp = stamps.share(8);
      }
      capacity = rows;
    }
  }

  private void hand(Chunk into, int rows) {
    long now = System.nanoTime();
    values.read(0, into.values(), 0, rows * channels);
    double shift = shift(now);
    for (int row = 0; row < rows; row++) {
      into.append(stamps.getDouble(8L * row) + shift);
    }
    into.arrivedAt(now);
  }

  /** What to add to stamps now; liblsl measures on a thread of its own, and this only asks. */
  private double shift(long now) {
    if (correction == null) {
      return 0;
    }
    if (now - correctedAt > CORRECTION_NANOS) {
      correctedAt = now;
      error.setInt(0, 0);
      double seconds = Calls.lsl_time_correction(handle.pointer(), 0, error);
      if (error.getInt(0) == 0) {
        correction = new TimeCorrection(seconds, Double.NaN, Double.NaN);
      }
    }
    return correction.seconds();
  }

  /** Seconds to wait within liblsl for the next sample; 0 = time is over, −1 = the stream is. */
  private double nextWait(long deadline) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (ended) {
      return -1;
    }
    long left = deadline - System.nanoTime();
    return left <= 0 ? 0 : Math.min(left / 1e9, Handle.SLICE_SECONDS);
  }

  private void check() {
    int code = error.getInt(0);
    if (code == -2) {
      ended = true;
      if (!options.endOnDisconnect()) {
        throw new StreamException(
            "stream '%s' at %s was lost: the outlet closed the connection"
                .formatted(info.name(), where()));
      }
    } else if (code != 0) {
      library.check(code, "stream '" + info.name() + "' at " + where());
    }
  }

  @Override
  public double pull(double[] into, Duration timeout) throws InterruptedException {
    checkPull(true, into.length);
    return pullRow(into, timeout);
  }

  @Override
  public double pull(long[] into, Duration timeout) throws InterruptedException {
    checkPull(true, into.length);
    return pullRow(into, timeout);
  }

  @Override
  public double pull(String[] into, Duration timeout) throws InterruptedException {
    checkPull(false, into.length);
    return pullRow(into, timeout);
  }

  private double pullRow(Object into, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    double wait = 0;
    do {
      long held = handle.enter();
      if (held == 0) {
        return Double.NaN;
      }
      try {
        double stamp = one(into, wait);
        if (stamp != 0) {
          long now = System.nanoTime();
          return stamp + shift(now);
        }
      } finally {
        handle.exit(held);
      }
      wait = nextWait(deadline);
    } while (wait > 0);
    return Double.NaN;
  }

  private double one(Object into, double wait) {
    error.setInt(0, 0);
    double stamp;
    if (into instanceof String[] strings) {
      stamp = strings(strings, wait);
    } else if (into instanceof long[] longs && info.format() == ChannelFormat.INT64) {
      // As it is: what liblsl calls long has 4 bytes on Windows.
      stamp = Calls.lsl_pull_sample_v(handle.pointer(), sample, 8 * channels, wait, error);
      check();
      if (stamp != 0) {
        sample.read(0, longs, 0, channels);
      }
    } else {
      stamp = Calls.lsl_pull_sample_d(handle.pointer(), sample, channels, wait, error);
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
    double stamp =
        Calls.lsl_pull_sample_buf(handle.pointer(), sample, lengths, channels, wait, error);
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

  private void checkPull(boolean numeric, int length) {
    if (numeric != info.format().isNumeric()) {
      throw new IllegalArgumentException(
          "stream '%s' carries %s; %s were asked for"
              .formatted(
                  info.name(), numeric ? "strings" : "numbers", numeric ? "numbers" : "strings"));
    }
    if (length != channels) {
      throw new IllegalArgumentException(
          "a sample of stream '%s' has %d values; asked for %d"
              .formatted(info.name(), channels, length));
    }
  }

  /** As liblsl measures; libraries before 1.16 do not tell how sure it is, which is NaN then. */
  @Override
  public TimeCorrection timeCorrection(Duration timeout) {
    double seconds =
        patiently(
            timeout.toNanos() / 1e9,
            "measuring the clock of stream '" + info.name() + "'",
            Calls::lsl_time_correction);
    return new TimeCorrection(seconds, Double.NaN, Double.NaN);
  }

  @Override
  public Optional<TimeCorrection> appliedCorrection() {
    return Optional.ofNullable(correction);
  }

  @Override
  public void close() {
    handle.close(
        inlet -> {
          Calls.lsl_destroy_inlet(inlet);
          closeBuffers();
          sample.close();
          error.close();
          patience.close();
        });
  }

  private void closeBuffers() {
    if (values != null) {
      values.close();
      stamps.close();
    }
  }
}
