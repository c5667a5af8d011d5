package org.efferent.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.acquisition.Replay;
import org.efferent.acquisition.ReplayOptions;
import org.efferent.acquisition.ReplayTarget;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.lsl.StreamOutlet;
import org.efferent.core.StreamException;
import org.efferent.core.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay}: a recording as LSL streams. */
@Command(
    name = "replay",
    description =
        "Plays recordings of any format as LSL streams under their recorded names and types, markers "
            + "included. Starts at once, waits for nobody unless told to, ends with the recording.",
    footerHeading = "%nExample:%n",
    footer = "  efferent replay session.xdf --speed 2")
final class ReplayCommand implements Callable<Integer> {
  @Mixin private LslOptions lsl;
  @Mixin private OutputOptions output;

  @Parameters(
      paramLabel = "RECORDING",
      arity = "1..*",
      description = "The files to play, all from the start.")
  private List<Path> recordings;

  @Option(
      names = "--speed",
      paramLabel = "N|max",
      description = "A multiple of real time, or max (default: ${DEFAULT-VALUE}).")
  private String speed = "1";

  @Option(
      names = "--rate",
      paramLabel = "HZ",
      description = "Rate of a CSV that has no clock (default: ${DEFAULT-VALUE}).")
  private double rate = 10;

  @Option(
      names = "--await",
      paramLabel = "S",
      description = "Wait until every stream has a listener, for so many seconds at the most.")
  private double await;

  @Override
  public Integer call() throws InterruptedException {
    ReplayPace pace = ReplayPace.parse(speed);
    if (!(rate > 0 && rate <= 1e6)) {
      throw new UsageException("--rate must lie in 0 to 1000000 Hz; rate=" + rate);
    }
    if (!(await >= 0 && await <= 86_400)) {
      throw new UsageException("--await must lie in 0 to 86400 seconds; await=" + await);
    }
    List<Recordings.Track> tracks = new ArrayList<>();
    List<Double> begins = new ArrayList<>(); // first moment of the file of each track
    for (Path recording : recordings) {
      List<Recordings.Track> own =
          Recordings.tracks(recording, rate, warning -> output.note("%s", warning));
      double first = own.stream().mapToDouble(Recordings.Track::start).min().orElseThrow();
      own.forEach(track -> begins.add(first));
      tracks.addAll(own);
    }
    Lsl way = lsl.lsl();
    List<StreamOutlet> outlets = new ArrayList<>();
    List<Replay> replays = new ArrayList<>();
    ReplayOptions options = ReplayOptions.DEFAULTS.withSpeed(pace.factor());
    try {
      for (Recordings.Track track : tracks) {
        outlets.add(way.openOutlet(track.lsl()));
        output.note(
            "playing '%s' (%s), %d samples, %s",
            track.lsl().name(),
            track.lsl().type(),
            track.size(),
            pace.isMax() ? "as fast as possible" : "at " + speed + " times real time");
      }
      awaitListeners(outlets);
      long start = System.nanoTime();
      for (int i = 0; i < tracks.size(); i++) {
        replays.add(
            new Replay(
                tracks.get(i).recording(),
                target(tracks.get(i), outlets.get(i)),
                options,
                new Replay.Begin(begins.get(i), start)));
      }
      for (Replay replay : replays) {
        while (!replay.awaitEnd(Duration.ofSeconds(1))) {
          output.err().flush();
        }
      }
      for (Replay replay : replays) {
        ReplayPace.rethrow(replay.failure());
      }
      outlets.forEach(StreamOutlet::close);
      long dropped = outlets.stream().mapToLong(StreamOutlet::dropped).sum();
      if (dropped > 0) {
        output.note("%d samples were lost: a consumer did not keep up", dropped);
      }
      output.result(result(tracks, outlets, (System.nanoTime() - start) / 1e9));
      output.text("%s", "done");
      return 0;
    } finally {
      replays.forEach(Replay::close);
      outlets.forEach(StreamOutlet::close);
      tracks.forEach(track -> track.recording().close());
    }
  }

  private void awaitListeners(List<StreamOutlet> outlets) throws InterruptedException {
    long deadline = System.nanoTime() + (long) (await * 1e9);
    for (StreamOutlet outlet : outlets) {
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (await > 0 && !outlet.awaitConsumers(left)) {
        throw new StreamException(
            "nobody listens to stream '%s' within %s s; nothing was played"
                .formatted(outlet.info().name(), await));
      }
    }
  }

  /** Where the rows of a track go. */
  static ReplayTarget target(Recordings.Track track, StreamOutlet outlet) {
    String[] row = new String[outlet.info().channelCount()];
    return new ReplayTarget() {
      private int next;

      @Override
      public void row(double stamp, double[] values, int offset) {
        outlet.pushAt(values, offset, stamp);
      }

      @Override
      public void marker(double stamp, String text) {
        // A marker is the first text of its sample; the sample goes out whole.
        for (int c = 0; c < row.length; c++) {
          row[c] = track.texts().get(next++);
        }
        outlet.pushAt(row, stamp);
      }
    };
  }

  private static Map<String, Object> result(
      List<Recordings.Track> tracks, List<StreamOutlet> outlets, double seconds) {
    List<Map<String, Object>> streams = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      Map<String, Object> stream = new LinkedHashMap<>();
      stream.put("name", tracks.get(i).lsl().name());
      stream.put("type", tracks.get(i).lsl().type());
      stream.put("samples", tracks.get(i).size());
      stream.put("dropped", outlets.get(i).dropped());
      streams.add(stream);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("streams", streams);
    result.put("seconds", seconds);
    return result;
  }
}
