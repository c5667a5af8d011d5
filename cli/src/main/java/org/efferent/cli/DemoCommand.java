package org.efferent.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.efferent.core.Estimate.Gaussian;
import org.efferent.core.UnavailableException;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.Figures;
import org.efferent.filters.FilterKind;
import org.efferent.viz.CursorState;
import org.efferent.viz.CursorStatus;
import org.efferent.viz.CursorWindow;
import org.efferent.viz.Disc;
import org.efferent.viz.Look;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the tour, on material that it makes itself. */
@Command(
    name = "demo",
    description =
        "A simulated user calibrates a decoder and steers a cursor with it; all neural activity "
            + "travels through LSL on this machine. Writes pictures and report.html.",
    footerHeading = "%nExample:%n",
    footer = "  efferent demo --headless --out demo")
final class DemoCommand implements Callable<Integer> {
  private static final List<FilterKind> COMPARED =
      List.of(FilterKind.KALMAN, FilterKind.DKF_LINEAR, FilterKind.DKF_NW, FilterKind.DKF_KNN);

  private static final long PAUSE_NANOS = 20_000_000;

  @Mixin private OutputOptions output;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where pictures and report go (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("demo");

  @Option(names = "--headless", description = "No window; as fast as the machine allows.")
  private boolean headless;

  @Option(names = "--seed", description = "Of user, units and targets (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--force", description = "Write into a folder that is not empty.")
  private boolean force;

  private final AtomicBoolean recentre = new AtomicBoolean();
  private volatile boolean stopped;
  private volatile boolean paused;

  @Override
  public Integer call() throws InterruptedException {
    RunRecord.folder(out, force);
    long start = System.nanoTime();
    output.note(
        "calibrating: %.0f s of a simulated user, sent through LSL …",
        DemoRun.CALIBRATION_SECONDS + DemoRun.HELD_OUT_SECONDS);
    DemoRun run = new DemoRun(seed);
    output.note("training %s on it …", COMPARED.stream().map(FilterKind::id).toList());
    Map<FilterKind, Figures> compared = run.compare(COMPARED);
    Map<FilterKind, DemoRun.Steering> steered = new LinkedHashMap<>();
    CursorDecoder best = null;
    for (FilterKind kind : List.of(FilterKind.KALMAN, best(compared))) {
      best = run.train(kind);
      output.note("steering for %.0f s with %s …", DemoRun.STEERING_SECONDS, kind.id());
      boolean last = kind != FilterKind.KALMAN;
      steered.put(kind, steer(run, best, !headless && last));
    }
    List<Gaussian> heldOut = run.heldOut(best);
    DemoEncoder encoder = encoder();
    Map<String, Object> result = result(compared, steered, encoder);
    DemoReport report = new DemoReport(out, force, seed, result, encoder);
    report.write(run.heldOutTruth(), heldOut, compared, steered);
    RunRecord record = new RunRecord("demo", Map.of(), seed);
    record.figures(result);
    record.write(out.resolve("run.json"), true);
    output.note("done in %.1f s", (System.nanoTime() - start) / 1e9);
    output.text("%s", CursorScore.say(result));
    output.text("Open %s", out.resolve("report.html").toAbsolutePath().normalize());
    output.result(result);
    return 0;
  }

  /** The discriminative filter with the smallest error on the held-out rows. */
  private static FilterKind best(Map<FilterKind, Figures> compared) {
    return compared.keySet().stream()
        .filter(kind -> kind != FilterKind.KALMAN)
        .min(java.util.Comparator.comparingDouble(kind -> compared.get(kind).nrmse()))
        .orElseThrow();
  }

  private DemoRun.Steering steer(DemoRun run, CursorDecoder decoder, boolean show)
      throws InterruptedException {
    if (!show) {
      return run.steer(decoder, (x, y, task, loop) -> false);
    }
    CursorWindow.Keys keys =
        new CursorWindow.Keys(
            () -> paused = !paused, () -> recentre.set(true), () -> stopped = true);
    try (CursorWindow window =
        new CursorWindow("Efferent demo: " + decoder.kind().id(), Look.LIGHT, keys)) {
      long[] due = {System.nanoTime()};
      long[] bins = {0};
      return run.steer(
          decoder,
          (x, y, task, loop) -> {
            bins[0]++;
            due[0] += (long) (DemoRun.BIN_SECONDS * 1e9);
            do {
              window.update(state(x, y, task, loop, bins[0], paused));
              due[0] = paused ? System.nanoTime() + PAUSE_NANOS : due[0];
              while (!stopped && due[0] - System.nanoTime() > 0) {
                LockSupport.parkNanos(due[0] - System.nanoTime());
              }
            } while (paused && !stopped);
            return recentre.getAndSet(false);
          });
    }
  }

  private static CursorState state(
      double x, double y, CentreOut task, CursorLoop<Gaussian> loop, long bins, boolean held) {
    boolean known = loop.latency().count() > 0;
    return new CursorState(
        bins * DemoRun.BIN_SECONDS,
        new Disc(x, y, 0.02),
        new Disc(task.targetX(), task.targetY(), CentreOut.RADIUS),
        new CursorStatus(
            held ? CursorStatus.Mode.PAUSED : CursorStatus.Mode.RUNNING,
            bins,
            loop.session().lost(),
            known ? loop.latency().quantileNanos(0.5) / 1e6 : Double.NaN,
            known ? loop.latency().quantileNanos(0.99) / 1e6 : Double.NaN));
  }

  /** The encoder's stop; null where its engine has no natives for this machine. */
  private DemoEncoder encoder() {
    output.note("training an encoder of images on simulated EEG …");
    try {
      return DemoEncoder.run(seed);
    } catch (UnavailableException e) {
      output.note("no encoder here: %s", e.getMessage());
      return null;
    }
  }

  private Map<String, Object> result(
      Map<FilterKind, Figures> compared,
      Map<FilterKind, DemoRun.Steering> steered,
      DemoEncoder encoder) {
    Map<String, Object> offline = new LinkedHashMap<>();
    compared.forEach(
        (kind, figures) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          CursorScore.figures(one, figures);
          offline.put(kind.id(), one);
        });
    Map<String, Object> online = new LinkedHashMap<>();
    steered.forEach(
        (kind, steering) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("trials", steering.task().trials().size());
          one.put("success", steering.task().success());
          one.put("medianAcquisitionSeconds", steering.task().medianSeconds());
          one.put("pathEfficiency", steering.task().pathEfficiency());
          one.put("bins", steering.bins());
          one.put("lost", steering.lost());
          one.put("latencyMicros", CursorScore.micros(steering.latency(), 0.5, 0.95, 0.99));
          online.put(kind.id(), one);
        });
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("seed", seed);
    result.put("heldOut", offline);
    result.put("steering", online);
    if (encoder != null) {
      result.put("encoder", encoder.figures());
    }
    result.put("report", out.resolve("report.html").toString());
    return result;
  }
}
