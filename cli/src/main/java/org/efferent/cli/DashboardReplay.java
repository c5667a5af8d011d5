package org.efferent.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.efferent.acquisition.ReplayOptions;
import org.efferent.acquisition.ReplaySource;
import org.efferent.core.Chunk;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.core.Recording;
import org.efferent.core.Source;
import org.efferent.core.StreamInfo;
import org.efferent.core.Transform;
import org.efferent.data.InputFiles;
import org.efferent.viz.dashboard.DashboardModels;

/** A recording for the dashboard: the stream that is shown, and the markers of all its streams. */
final class DashboardReplay implements AutoCloseable {
  private static final int MOST_AHEAD = 2_048;
  private static final long NAP_NANOS = 100_000;

  private final List<Recordings.Track> tracks;
  private final Recording signal;
  private final List<Marker> markers = new ArrayList<>();

  private DashboardReplay(List<Recordings.Track> tracks, Recording signal) {
    this.tracks = tracks;
    this.signal = signal;
    tracks.forEach(t -> markers.addAll(t.recording().markers()));
    markers.sort(Comparator.comparingDouble(Marker::time));
  }

  /**
   * Opens a recording.
   *
   * @param file of any format
   * @param stream name or type of the stream to show; null for the first with a rate
   * @param output for remarks
   * @throws InputException if it has no such stream of numbers
   */
  static DashboardReplay open(Path file, String stream, OutputOptions output) {
    List<Recordings.Track> tracks =
        Recordings.tracks(file, 10, warning -> output.note("%s", warning));
    List<Recordings.Track> numbers =
        tracks.stream()
            .filter(t -> t.recording().rows() > 0)
            .filter(t -> stream == null || named(t.recording().info(), stream))
            .toList();
    if (numbers.isEmpty()) {
      tracks.forEach(t -> t.recording().close());
      throw new InputException(
          InputFiles.name(file)
              + (stream == null
                  ? ": has no stream of numbers"
                  : ": has no stream of numbers of this name or type; stream=" + stream));
    }
    Recordings.Track chosen =
        numbers.stream()
            .filter(t -> t.recording().info().sampleRateHz() > 0)
            .findFirst()
            .orElse(numbers.get(0));
    return new DashboardReplay(tracks, chosen.recording());
  }

  private static boolean named(StreamInfo info, String stream) {
    String wanted = stream.toLowerCase(Locale.ROOT);
    return info.name().toLowerCase(Locale.ROOT).equals(wanted)
        || info.type().toLowerCase(Locale.ROOT).equals(wanted);
  }

  StreamInfo info() {
    return signal.info();
  }

  /**
   * The rows as a source.
   *
   * @param pace how fast
   * @param seconds of the recording that are played
   * @param taken rows that were dealt with so far: nothing is lost in the ring, however fast
   */
  Source source(ReplayPace pace, double seconds, LongSupplier taken) {
    ReplayOptions options =
        ReplayOptions.DEFAULTS.withSpeed(pace.factor()).withOriginalStamps(true);
    return new Paced(new ReplaySource(signal, options), seconds, taken);
  }

  /** Hands markers on when the rows have come to their time. */
  Transform markers(DashboardModels to) {
    return new Transform() {
      private int next;

      @Override
      public void apply(Chunk chunk) {
        double now = chunk.rows() == 0 ? Double.NaN : chunk.stamps()[chunk.rows() - 1];
        while (next < markers.size() && markers.get(next).time() <= now) {
          to.mark(markers.get(next++));
        }
      }
    };
  }

  @Override
  public void close() {
    tracks.forEach(t -> t.recording().close());
  }

  /** A source that waits for whoever is behind, and ends after some seconds. */
  private static final class Paced implements Source {
    private final Source source;
    private final double seconds;
    private final LongSupplier taken;
    private long handed;
    private double first = Double.NaN;
    private boolean over;

    Paced(Source source, double seconds, LongSupplier taken) {
      this.source = source;
      this.seconds = seconds;
      this.taken = taken;
    }

    @Override
    public StreamInfo info() {
      return source.info();
    }

    @Override
    public int read(Chunk chunk, Duration timeout) throws InterruptedException {
      long begun = System.nanoTime();
      chunk.clear();
      if (over) {
        return END;
      }
      while (handed - taken.getAsLong() > MOST_AHEAD) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (System.nanoTime() - begun > timeout.toNanos()) {
          return 0;
        }
        LockSupport.parkNanos(NAP_NANOS);
      }
      int rows = source.read(chunk, timeout);
      if (rows > 0) {
        handed += rows;
        first = Double.isNaN(first) ? chunk.stamps()[0] : first;
        over = chunk.stamps()[rows - 1] - first >= seconds;
      }
      return rows;
    }

    @Override
    public long lost() {
      return source.lost();
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
