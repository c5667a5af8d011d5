package org.efferent.acquisition.liblsl;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.lsl.ChannelFormat;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.acquisition.lsl.StreamOutlet;
import org.efferent.core.StreamException;

/**
 * An outlet of liblsl. It does not tell what its consumers lost. It has no way to send the stamps 0
 * and −1, for which {@link #pushAt} sends the nearest doubles, nor to say when everything is sent:
 * {@link #close} waits {@link #LINGER_MILLIS} where somebody listens, and longer after a burst. On
 * a machine that is much too busy the end of a burst may be lost all the same; an outlet in Java
 * knows what it has sent.
 */
public final class NativeOutlet implements StreamOutlet {
  /** How long liblsl has at the least to send the last samples before it is destroyed. */
  static final long LINGER_MILLIS = 500;

  /**
   * What sending a sample at once costs liblsl on a busy machine, and one that waits for others.
   */
  private static final long SEND_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private static final long HOLD_NANOS = TimeUnit.MICROSECONDS.toNanos(5);
  private static final long MOST_BACKLOG_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LOOK_MILLIS = 20;

  private static final int BUFFER_SECONDS = 360;

  private final LibLsl library;
  private final LslStreamInfo info;
  private final ChannelFormat format;
  private final int channels;
  private final Handle handle;
  private final Object lock = new Object();
  private final Memory memory;
  private final RawValues raw;
  private long sentBy = System.nanoTime();

  NativeOutlet(LslStreamInfo stream, LibLsl library) {
    this.library = library;
    format = stream.format();
    channels = stream.channelCount();
    // liblsl reads no description without an identity, which its outlet replaces by its own; 1.12
    // replaces only texts that are not empty.
    LslStreamInfo.Origin some =
        new LslStreamInfo.Origin(1.10, 1, UUID.randomUUID().toString(), "-", "-");
    Pointer description = NativeLsl.handle(stream.at(some, LslStreamInfo.Endpoint.NONE));
    Pointer outlet;
    try {
      outlet = Calls.lsl_create_outlet(description, 0, BUFFER_SECONDS);
    } finally {
      Calls.lsl_destroy_streaminfo(description);
    }
    if (outlet == null) {
      throw new StreamException(
          "liblsl cannot publish stream '" + stream.name() + "'; are its ports free?");
    }
    handle = new Handle(outlet);
    Pointer running = Calls.lsl_get_info(outlet);
    try {
      info = LslStreamInfo.parse(LibLsl.xml(running));
    } finally {
      Calls.lsl_destroy_streaminfo(running);
    }
    memory = new Memory(Math.max(1, (long) channels * (format.isNumeric() ? format.bytes() : 12)));
    raw = new RawValues(format, memory);
  }

  @Override
  public LslStreamInfo info() {
    return info;
  }

  @Override
  public boolean haveConsumers() {
    long held = handle.enter();
    if (held == 0) {
      return false;
    }
    try {
      return Calls.lsl_have_consumers(handle.pointer()) != 0;
    } finally {
      handle.exit(held);
    }
  }

  @Override
  public boolean awaitConsumers(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long left = deadline - System.nanoTime();
      long held = enter();
      try {
        double slice = Math.max(0, Math.min(left / 1e9, Handle.SLICE_SECONDS));
        if (Calls.lsl_wait_for_consumers(handle.pointer(), slice) != 0) {
          return true;
        }
      } finally {
        handle.exit(held);
      }
      if (left <= 0) {
        return false;
      }
    }
  }

  /** Always 0: liblsl does not tell. */
  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public void push(double[] values, double stamp, boolean pushThrough) {
    check(values.length, 1);
    push(values, 0, stamp, pushThrough);
  }

  @Override
  public void push(long[] values, double stamp) {
    check(values.length, 1);
    synchronized (lock) {
      long held = enter();
      try {
        for (int c = 0; c < channels; c++) {
          raw.put(c, values[c]);
        }
        send(stamp, true);
      } finally {
        handle.exit(held);
      }
    }
  }

  @Override
  public void pushAt(double[] values, int offset, double stamp) {
    Objects.checkFromIndexSize(offset, channels, values.length);
    check(channels, 1);
    push(values, offset, moment(stamp), true);
  }

  @Override
  public void pushChunk(double[] rows, double stamp) {
    int n = channels == 0 ? 0 : rows.length / channels;
    check(rows.length, n);
    double last = stamp == NOW ? Calls.lsl_local_clock() : stamp;
    double first = stamp == DEDUCED ? DEDUCED : last - (n - 1) * info.periodSeconds();
    synchronized (lock) {
      for (int row = 0; row < n; row++) {
        push(rows, row * channels, row == 0 ? first : DEDUCED, row == n - 1);
      }
    }
  }

  @Override
  public void push(String[] values, double stamp) {
    if (format.isNumeric()) {
      throw new IllegalArgumentException(
          "stream '" + info.name() + "' carries numbers; strings were pushed");
    }
    checkCount(values.length, 1);
    byte[][] texts = new byte[channels][];
    long total = 1;
    for (int c = 0; c < channels; c++) {
      texts[c] = values[c].getBytes(StandardCharsets.UTF_8);
      total += texts[c].length;
    }
    try (Memory bytes = new Memory(total)) {
      synchronized (lock) {
        long held = enter();
        try {
          long at = 0;
          for (int c = 0; c < channels; c++) {
            bytes.write(at, texts[c], 0, texts[c].length);
            memory.setPointer(8L * c, bytes.share(at));
            memory.setInt(8L * channels + 4L * c, texts[c].length);
            at += texts[c].length;
          }
          Pointer lengths = memory.share(8L * channels);
          done(Calls.lsl_push_sample_buftp(handle.pointer(), memory, lengths, stamp, 1), true);
        } finally {
          handle.exit(held);
        }
      }
    }
  }

  @Override
  public void pushAt(String[] values, double stamp) {
    push(values, moment(stamp));
  }

  /** A stamp that liblsl does not take for a sign. */
  private static double moment(double stamp) {
    return stamp == NOW ? Double.MIN_VALUE : stamp == DEDUCED ? Math.nextDown(DEDUCED) : stamp;
  }

  /** The memory belongs to the handle: it is written only while that is held. */
  private void push(double[] from, int at, double stamp, boolean pushThrough) {
    synchronized (lock) {
      long held = enter();
      try {
        raw.put(from, at, channels);
        send(stamp, pushThrough);
      } finally {
        handle.exit(held);
      }
    }
  }

  private void send(double stamp, boolean pushThrough) {
    done(
        Calls.lsl_push_sample_vtp(handle.pointer(), memory, stamp, pushThrough ? 1 : 0),
        pushThrough);
  }

  /** Keeps count of when liblsl, which does not tell, should have sent it all. */
  private void done(int code, boolean pushThrough) {
    long now = System.nanoTime();
    long backlog = Math.max(0, sentBy - now) + (pushThrough ? SEND_NANOS : HOLD_NANOS);
    sentBy = now + Math.min(backlog, MOST_BACKLOG_NANOS);
    if (code != 0) {
      library.check(code, "pushing to stream '" + info.name() + "'");
    }
  }

  private long enter() {
    long held = handle.enter();
    if (held == 0) {
      throw new IllegalStateException("outlet '" + info.name() + "' is closed");
    }
    return held;
  }

  private void check(int values, int rows) {
    if (!format.isNumeric()) {
      throw new IllegalArgumentException(
          "stream '" + info.name() + "' carries strings; numbers were pushed");
    }
    checkCount(values, rows);
  }

  private void checkCount(int values, int rows) {
    if (values != rows * channels) {
      throw new IllegalArgumentException(
          "a sample of stream '%s' has %d values; values=%d"
              .formatted(info.name(), channels, values));
    }
  }

  @Override
  public void close() {
    if (handle.isClosed()) {
      return;
    }
    linger();
    handle.close(
        outlet -> {
          Calls.lsl_destroy_outlet(outlet);
          memory.close();
        });
  }

  private void linger() {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LINGER_MILLIS);
    synchronized (lock) {
      until += Math.max(0, sentBy - System.nanoTime());
    }
    try {
      while (until - System.nanoTime() > 0 && haveConsumers()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
