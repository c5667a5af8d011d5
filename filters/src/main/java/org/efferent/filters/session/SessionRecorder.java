package org.efferent.filters.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.efferent.core.ChannelInfo;
import org.efferent.core.EfferentException;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.efferent.data.xdf.ChannelFormat;
import org.efferent.data.xdf.XdfFileWriter;
import org.efferent.data.xdf.XdfInfoXml;
import org.efferent.data.xdf.XdfStreamWriter;

/**
 * Writes every bin of a session, and what happened in it, into {@code bins.xdf}: a stream of 64-bit
 * floats with the columns of {@link BinColumns} and the features, and one of strings. A thread of
 * its own brings them to the disk every half second, so that a kill takes the last second at the
 * most and the thread that decodes never waits for a disk.
 */
public final class SessionRecorder implements AutoCloseable {
  /** Name of the file in a session's folder. */
  public static final String FILE = "bins.xdf";

  /** Name of the stream of bins. */
  public static final String BINS = "EfferentBins";

  /** Name of the stream of what happened. */
  public static final String EVENTS = "EfferentEvents";

  /** Ten minutes of 50 bins a second: a disk may stall for long, a memory may not fill. */
  private static final int MOST_WAITING = 32_768;

  private static final long FLUSH_NANOS = 500_000_000L;
  private static final long BOUNDARY_NANOS = 10_000_000_000L;
  private static final long JOIN_MILLIS = 10_000;

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Item(double seconds, double[] row, List<String> events) {}

  private final XdfFileWriter file;
  private final XdfStreamWriter bins;
  private final XdfStreamWriter events;
  private final BlockingQueue<Item> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread writer;
  private volatile EfferentException failure;
  private volatile boolean closing;
  private boolean closed;

  /**
   * Begins a file.
   *
   * @param path where; it must not exist
   * @param features labels of the features
   * @param binSeconds length of a bin
   * @throws UsageException where it exists or cannot be written
   */
  public SessionRecorder(Path path, List<String> features, double binSeconds) {
    List<ChannelInfo> channels = new ArrayList<>();
    for (String label : BinColumns.labels(features)) {
      channels.add(new ChannelInfo(label, "", ""));
    }
    StreamInfo info = new StreamInfo(BINS, "Bins", 0, "efferent-bins", channels);
    file = new XdfFileWriter(path, false);
    try {
      bins =
          file.addStream(
              XdfInfoXml.of(info, ChannelFormat.DOUBLE64),
              ChannelFormat.DOUBLE64,
              channels.size(),
              0);
      events =
          file.addStream(
              XdfInfoXml.xml(
                  StreamInfo.of(EVENTS, "Markers", 0, 1),
                  ChannelFormat.STRING,
                  "<bin_seconds>" + binSeconds + "</bin_seconds>"),
              ChannelFormat.STRING,
              1,
              0);
      file.flush();
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
    writer = new Thread(this::run, "efferent-session-recorder");
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Takes a bin.
   *
   * @param seconds on the session's clock
   * @param row as {@link CursorSession#step} gave it; copied
   * @param happened what happened in it
   * @throws EfferentException where an earlier bin could not be written, or too many wait: what was
   *     written until then is whole
   */
  public void add(double seconds, double[] row, List<String> happened) {
    EfferentException broken = failure;
    if (broken != null) {
      throw broken;
    }
    if (!waiting.offer(new Item(seconds, row.clone(), happened))) {
      throw new UsageException(
          "%s: %d bins wait to be written; the disk does not keep up: record elsewhere"
              .formatted(file.file(), MOST_WAITING));
    }
  }

  /** Bins that wait to be written. */
  public int waiting() {
    return waiting.size();
  }

  /** Why nothing is written any more. */
  public Optional<EfferentException> failure() {
    return Optional.ofNullable(failure);
  }

  private void run() {
    long flushed = System.nanoTime();
    long marked = flushed;
    try {
      while (true) {
        Item item = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (item != null) {
          bins.add(item.seconds(), item.row(), 0);
          for (String event : item.events()) {
            events.add(item.seconds(), event);
          }
        }
        boolean last = closing && item == null;
        long now = System.nanoTime();
        if (last || now - flushed >= FLUSH_NANOS) {
          flushed = now;
          bins.write();
          events.write();
          if (now - marked >= BOUNDARY_NANOS) {
            marked = now;
            file.boundary();
          }
          file.flush();
        }
        if (last) {
          return;
        }
      }
    } catch (EfferentException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what waits, and the footers; may be called twice. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    closing = true;
    boolean interrupted = false;
    try {
      writer.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    try {
      if (failure == null) {
        bins.end();
        events.end();
      }
      file.close();
    } catch (EfferentException e) {
      failure = failure == null ? e : failure;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
