package org.efferent.acquisition.record;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.LslStreamInfo;
import org.efferent.core.EfferentException;
import org.efferent.core.StreamException;
import org.efferent.data.xdf.XdfFileWriter;

/**
 * Records LSL streams into one XDF file as LabRecorder does: the headers of all streams first, then
 * samples with the outlets' own stamps, the offset of each stream's clock every 5 s, a boundary
 * every 10 s, footers at the end. The file is brought to the disk every half second, so that a kill
 * costs at most the last one. A recorder that exists is recording; {@link #close} ends it in good
 * order.
 */
public final class Recorder implements AutoCloseable {
  private static final long JOIN_MILLIS = 5_000;

  private final XdfFileWriter file;
  private final RecorderOptions options;
  private final List<StreamTrack> tracks = new ArrayList<>();
  private final CountDownLatch running;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread keeper;
  private volatile EfferentException failure;
  private boolean closed;

  /**
   * Starts to record.
   *
   * @param out the new file
   * @param lsl how LSL is spoken
   * @param streams which streams, as a resolver found them; at least one
   * @param options how
   * @throws StreamException if a stream cannot be reached; no file is touched then
   * @throws org.efferent.core.UsageException if the file exists or cannot be written
   */
  public Recorder(Path out, Lsl lsl, List<LslStreamInfo> streams, RecorderOptions options) {
    if (streams.isEmpty()) {
      throw new IllegalArgumentException("a recording has at least one stream");
    }
    this.options = options;
    running = new CountDownLatch(streams.size());
    XdfFileWriter writer = null;
    try {
      for (LslStreamInfo stream : streams) {
        tracks.add(new StreamTrack(lsl, stream, options, running::countDown));
      }
      // Only now: a stream that cannot be reached costs no file.
      writer = new XdfFileWriter(out, options.overwrite());
      for (StreamTrack track : tracks) {
        track.header(writer);
      }
      writer.flush();
    } catch (RuntimeException e) {
      tracks.forEach(StreamTrack::close);
      if (writer != null) {
        writer.close();
      }
      throw e;
    }
    file = writer;
    tracks.forEach(StreamTrack::start);
    keeper = new Thread(this::keep, "efferent-record-flush");
    keeper.setDaemon(true);
    keeper.start();
  }

  /** Flushes and writes boundaries until the end. */
  private void keep() {
    long boundaryDue = System.nanoTime() + options.boundaryInterval().toNanos();
    try {
      while (!stop.await(options.flushInterval().toNanos(), TimeUnit.NANOSECONDS)) {
        if (System.nanoTime() - boundaryDue >= 0) {
          file.boundary();
          boundaryDue += options.boundaryInterval().toNanos();
        }
        file.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (EfferentException e) {
      failure = e;
      while (running.getCount() > 0) {
        running.countDown();
      }
    }
  }

  /** What there is of each stream so far, in the order in which they were given. */
  public List<RecordedStream> streams() {
    return tracks.stream().map(StreamTrack::status).toList();
  }

  /** Why nothing can be written any more; what was written before is kept. */
  public Optional<EfferentException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Bytes that the file has. */
  public long bytes() {
    return file.bytes();
  }

  /**
   * Waits until all streams have ended or nothing can be written any more.
   *
   * @param timeout how long at the most
   * @return whether it is so
   * @throws InterruptedException if the waiting thread is asked to stop
   */
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    return running.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Ends the recording: what has come by now is written, then the footers.
   *
   * @throws org.efferent.core.UsageException if the disk refuses
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    stop.countDown();
    try {
      keeper.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tracks.forEach(StreamTrack::stop);
    try {
      if (failure == null) {
        tracks.forEach(StreamTrack::finish);
        file.flush();
      }
    } finally {
      tracks.forEach(StreamTrack::close);
      file.close();
    }
  }
}
