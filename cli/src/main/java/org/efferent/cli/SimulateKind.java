package org.efferent.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efferent.acquisition.lsl.Lsl;
import org.efferent.acquisition.simulate.SimulatedStreamStatus;
import org.efferent.acquisition.simulate.Simulation;
import org.efferent.acquisition.simulate.SimulationListener;
import org.efferent.acquisition.simulate.SimulationRun;
import org.efferent.acquisition.simulate.SimulationRunOptions;
import org.efferent.acquisition.simulate.TruthFile;
import org.efferent.core.UsageException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the simulators have in common: how a simulation is run, and how its end is told. */
abstract class SimulateKind implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(100);

  @Mixin private LslOptions lsl;
  @Mixin private OutputOptions output;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the stream; markers and truth are called after it.")
  private String name;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of all that is random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long, in the simulation's time (default: until Ctrl-C).")
  private double seconds = Double.POSITIVE_INFINITY;

  @Option(
      names = "--speed",
      paramLabel = "N|max",
      description =
          "A multiple of real time, or max, which needs --seconds (default: "
              + "${DEFAULT-VALUE}). Stamps count the simulation's time.")
  private String speed = "1";

  @Option(
      names = "--await",
      paramLabel = "S",
      description = "Wait until every stream has a listener, for so many seconds at the most.")
  private double await;

  @Option(
      names = "--truth",
      paramLabel = "FILE.csv",
      description = "Write the truth into a table, too, with the stamps of the streams.")
  private Path truth;

  @Option(names = "--force", description = "Replace a file that is there already.")
  private boolean force;

  /** The word after {@code simulate}. */
  private final String kind;

  private final String defaultName;

  SimulateKind(String kind, String defaultName) {
    this.kind = kind;
    this.defaultName = defaultName;
  }

  /** What to simulate. */
  abstract Simulation simulation(String streamName, long theSeed);

  @Override
  public final Integer call() throws InterruptedException {
    ReplayPace pace = ReplayPace.parse(speed);
    if (!(seconds > 0)) {
      throw new UsageException("--seconds must be positive; seconds=" + seconds);
    }
    if (pace.isMax() && Double.isInfinite(seconds)) {
      throw new UsageException("--speed max needs an end; give --seconds");
    }
    if (!(await >= 0 && await <= 86_400)) {
      throw new UsageException("--await must lie in 0 to 86400 seconds; await=" + await);
    }
    SimulationRunOptions options =
        SimulationRunOptions.DEFAULTS
            .withSeconds(seconds)
            .withSpeed(pace.factor())
            .withAwaitConsumers(Duration.ofNanos((long) (await * 1e9)));
    Simulation simulation = simulation(name == null ? defaultName : name, seed);
    Lsl way = lsl.lsl();
    try (TruthFile file = truth == null ? null : new TruthFile(truth, simulation, force)) {
      return run(simulation, way, options, file);
    }
  }

  private int run(Simulation simulation, Lsl way, SimulationRunOptions options, TruthFile file)
      throws InterruptedException {
    SimulationListener listener = file == null ? SimulationListener.NONE : file;
    long start = System.nanoTime();
    SimulationRun run = new SimulationRun(simulation, way, options, listener);
    try (Interruption interruption = new Interruption();
        run) {
      run.published()
          .forEach(
              s ->
                  output.note(
                      "publishing '%s' (%s), %s, %s Hz",
                      s.name(), s.type(), Channels.words(s.channelCount()), s.nominalRateHz()));
      while (!run.awaitEnd(POLL) && !interruption.wanted()) {
        output.err().flush();
      }
      run.close();
      ReplayPace.rethrow(run.failure());
      report(run, file, (System.nanoTime() - start) / 1e9);
      return 0;
    }
  }

  private void report(SimulationRun run, TruthFile file, double took) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (SimulatedStreamStatus stream : run.streams()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", stream.name());
      row.put("type", stream.type());
      row.put("samples", stream.samples());
      row.put("heard", stream.heard());
      row.put("dropped", stream.dropped());
      rows.add(row);
      output.text(
          "%-24s %10d samples, %d of them while somebody listened, %d dropped",
          stream.name(), stream.samples(), stream.heard(), stream.dropped());
    }
    output.text(
        "%d of %d packets were late, the latest by %.1f ms",
        run.late(), run.packets(), 1e3 * run.worstLateSeconds());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("kind", kind);
    result.put("seed", seed);
    result.put("simulated", run.played());
    result.put("seconds", took);
    result.put("streams", rows);
    result.put("packets", run.packets());
    result.put("late", run.late());
    result.put("worstLateMillis", 1e3 * run.worstLateSeconds());
    if (file != null) {
      result.put("truth", file.files().stream().map(Path::toString).toList());
      file.files().forEach(path -> output.text("%s written", path));
    }
    output.result(result);
  }
}
