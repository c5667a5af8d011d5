package org.efferent.acquisition.liblsl;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.time.Duration;
import java.util.Optional;
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
 * <p>Recovery is liblsl's own: it looks for the stream for 1 s at first and for 5 s from then on,
 * and notices another clock only where that has been measured. Until the new clock is measured no
 * sample is handed out, if stamps are moved; those of the old outlet that still wait then are moved
 * by the new clock. Smoothing and order are the same code as in Java.
 *
 * <p>Longer than 300 lines, so that all calls on the handle of an inlet are read in one place.
 */
public final class NativeInlet implements StreamInlet {
  private static final double OPEN_SECONDS = 5;
  private static final int DEFAULT_BUFFER_SECONDS = 360;
  private static final int SAMPLES_A_SECOND_IRREGULAR = 100;

  private final LibLsl library;
  private final LslStreamInfo info;
  private final InletOptions options;
  private final int channels;
  private final Handle handle;
  private final NativeRows rows;
  private final NativeStamps stamps;
  private volatile long sampleAt = System.nanoTime();

  /** Of a description that stays the caller's; nothing is connected yet. */
  NativeInlet(LslStreamInfo info, InletOptions options, LibLsl library, Pointer description) {
    this.library = library;
    this.info = info;
    this.options = options;
    channels = info.channelCount();
    // An end is no loss, so that nothing is looked for then.
    boolean recover = options.recover() && !options.endOnDisconnect() && !info.sourceId().isEmpty();
    Pointer inlet =
        Calls.lsl_create_inlet(
            description, bufferSeconds(info, options), options.maxChunk(), recover ? 1 : 0);
    if (inlet == null) {
      throw new StreamException("liblsl cannot receive stream '" + info.name() + "'");
    }
    handle = new Handle(inlet);
    rows = new NativeRows(inlet, info, library, "stream '" + info.name() + "' at " + where());
    stamps = new NativeStamps(inlet, info, options, rows);
  }

  /** liblsl's unit: seconds of a regular stream, hundreds of samples of an irregular one. */
  static int bufferSeconds(LslStreamInfo info, InletOptions options) {
    if (options.bufferSamples() == 0) {
      return DEFAULT_BUFFER_SECONDS;
    }
    double rate = info.nominalRateHz() > 0 ? info.nominalRateHz() : SAMPLES_A_SECOND_IRREGULAR;
    return (int) Math.max(1, Math.ceil(options.bufferSamples() / rate));
  }

  private <T> T patiently(double seconds, String doing, Handle.Slice<T> slice) {
    return handle.patiently(seconds, "inlet '" + info.name() + "'", doing, library, slice);
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
      stamps.measured(timeCorrection(Duration.ofSeconds((long) OPEN_SECONDS)));
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
  public Duration silence() {
    if (available() > 0) {
      sampleAt = System.nanoTime();
    }
    return Duration.ofNanos(Math.max(0, System.nanoTime() - sampleAt));
  }

  @Override
  public boolean isEnded() {
    return rows.isLost() || handle.isClosed();
  }

  @Override
  public boolean wasClockReset() {
    long held = handle.enter();
    if (held != 0) {
      try {
        stamps.lookForReset();
      } finally {
        handle.exit(held);
      }
    }
    return stamps.wasReset();
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
        int n = stamps.areKnown(wait) ? rows.pull(wait, into.capacity()) : 0;
        if (n > 0) {
          long now = System.nanoTime();
          sampleAt = now;
          rows.hand(into, n, stamps);
          into.arrivedAt(now);
          return n;
        }
      } finally {
        handle.exit(held);
      }
      wait = nextWait(deadline);
      if (wait <= 0) {
        return wait < 0 ? Source.END : 0;
      }
    }
  }

  /** Seconds to wait within liblsl for the next sample; 0 = time is over, −1 = the stream is. */
  private double nextWait(long deadline) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (rows.isLost()) {
      if (options.endOnDisconnect()) {
        return -1;
      }
      throw new StreamException(
          "stream '%s' at %s was lost: the outlet closed the connection"
              .formatted(info.name(), where()));
    }
    long left = deadline - System.nanoTime();
    return left <= 0 ? 0 : Math.min(left / 1e9, Handle.SLICE_SECONDS);
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
        double stamp = stamps.areKnown(wait) ? rows.pull(into, wait) : 0;
        if (stamp != 0) {
          sampleAt = System.nanoTime();
          return stamps.applyAsDouble(stamp);
        }
      } finally {
        handle.exit(held);
      }
      wait = nextWait(deadline);
    } while (wait > 0);
    return Double.NaN;
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

  /** As liblsl measures; 1.12 does not tell how sure it is, which is NaN then. */
  @Override
  public TimeCorrection timeCorrection(Duration timeout) {
    String doing = "measuring the clock of stream '" + info.name() + "'";
    double patienceSeconds = timeout.toNanos() / 1e9;
    Optional<Function> extended = library.optional("lsl_time_correction_ex");
    if (extended.isEmpty()) {
      double seconds = patiently(patienceSeconds, doing, Calls::lsl_time_correction);
      return new TimeCorrection(seconds, Double.NaN, Double.NaN);
    }
    try (Memory remote = new Memory(8);
        Memory uncertainty = new Memory(8)) {
      double seconds =
          patiently(
              patienceSeconds,
              doing,
              (inlet, slice, code) ->
                  extended
                      .get()
                      .invokeDouble(new Object[] {inlet, remote, uncertainty, slice, code}));
      return new TimeCorrection(seconds, uncertainty.getDouble(0), remote.getDouble(0));
    }
  }

  @Override
  public Optional<TimeCorrection> appliedCorrection() {
    return stamps.correction();
  }

  @Override
  public void close() {
    handle.close(
        inlet -> {
          Calls.lsl_destroy_inlet(inlet);
          rows.close();
        });
  }
}
