package org.efferent.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.efferent.core.Estimate.Gaussian;
import org.efferent.core.InputException;
import org.efferent.filters.Figures;
import org.efferent.filters.FilterKind;
import org.efferent.viz.BarComparison;
import org.efferent.viz.BarComparison.Bar;
import org.efferent.viz.CursorPainter;
import org.efferent.viz.CursorState;
import org.efferent.viz.CursorStatus;
import org.efferent.viz.Disc;
import org.efferent.viz.Figure;
import org.efferent.viz.FigureSize;
import org.efferent.viz.IfExists;
import org.efferent.viz.LatencyFigure;
import org.efferent.viz.Report;
import org.efferent.viz.Terms;
import org.efferent.viz.Trajectories;
import org.efferent.viz.Trajectory;

/** The demo's pictures and its {@code report.html}. */
final class DemoReport {
  private static final double SHOWN_SECONDS = 20;

  private final Path out;
  private final IfExists ifExists;
  private final long seed;
  private final Map<String, Object> result;
  private final DemoEncoder encoder;

  DemoReport(Path out, boolean force, long seed, Map<String, Object> result, DemoEncoder encoder) {
    this.encoder = encoder;
    this.out = out;
    this.ifExists = force ? IfExists.REPLACE : IfExists.FAIL;
    this.seed = seed;
    this.result = result;
  }

  void write(
      double[][] truth,
      List<Gaussian> heldOut,
      Map<FilterKind, Figures> compared,
      Map<FilterKind, DemoRun.Steering> steered) {
    List<FilterKind> kinds = new ArrayList<>(steered.keySet());
    FilterKind kind = kinds.get(kinds.size() - 1);
    DemoRun.Steering steering = steered.get(kind);
    Figure velocity = picture("velocity", velocity(truth, heldOut));
    Figure paths = picture("paths", paths(steering.task()));
    Figure comparison = picture("comparison", comparison(compared));
    Figure latency =
        picture("latency", LatencyFigure.histogram(steering.latency(), FigureSize.SCREEN));
    snapshot(steering.task());
    Report report = new Report("Efferent demo: steering a cursor with simulated neurons");
    summary(report, kind, steering, compared.get(kind));
    report
        .section("Steering")
        .figure(
            "The way of the cursor from the centre to the targets. A straight spoke is a good"
                + " trial.",
            paths)
        .table("What steering with each filter gave", STEERING_HEADER, steering(steered))
        .section("Decoding")
        .figure(
            "What the user wanted (truth) and what "
                + kind.id()
                + " read from the spikes, in rows that did not train it. The band is the filter's"
                + " own uncertainty, two standard deviations.",
            velocity)
        .paragraph(
            "The more of these units prefer a direction the more they fire for it, in a straight line:"
                + " the case that the Kalman filter is made for. Recordings are not like that, and"
                + " there the discriminative filters are ahead (README).")
        .figure("The error of each filter on the same held-out rows.", comparison)
        .table("Figures on the held-out rows", DECODING_HEADER, decoding(compared))
        .section("Speed")
        .figure(
            "From the push of a bin into the LSL outlet to the decoded velocity, over loopback.",
            latency);
    if (encoder != null) {
      encoder(report);
    }
    report
        .section("What is simulated")
        .paragraph(
            "There is no recording and no brain here: "
                + DemoRun.UNITS
                + " units fire at random, each the more the closer the wanted direction is to the one"
                + " that it prefers. The user sees the cursor 150 ms late and wants to go straight to"
                + " the target. Figures of people and animals differ from these.")
        .provenance(provenance())
        .glossary(Terms.CURSOR)
        .write(out.resolve("report.html"), ifExists);
  }

  /** The second stop of the tour. */
  private void encoder(Report report) {
    report
        .section("Which image was seen")
        .paragraph(
            "An encoder learned in some seconds to turn a second of simulated EEG into the embedding of the image that evoked it. "
                + encoder.figures().get("queries")
                + " responses to "
                + encoder.figures().get("candidates")
                + " images that it never saw were then ranked against all of these. What is simulated here is linear, of one person and little: the case in which a regression is hard to beat. With several people it falls behind (docs/BENCHMARKS.md).")
        .figure("How often the right image came first.", picture("encoder", encoder.comparison()))
        .figure(
            "What each sensor added to the likeness to the right image, by quarters of the second.",
            picture("encoder-maps", encoder.maps()));
    if (encoder.drawing() != null) {
      report
          .section("Drawn from brain activity")
          .paragraph(
              "The embeddings of these images are what a small autoencoder makes of them (configs/generators/shapes.yaml, 64 numbers), so that what the encoder says can be drawn by its other half. Each picture is of one image that the encoder never saw, from the mean of its repetitions; they stand from the best to the worst.")
          .figure(
              "What was seen, and what was drawn from the responses to it.",
              picture("drawn", encoder.drawing()));
    }
  }

  private static final List<String> STEERING_HEADER =
      List.of("Filter", "Trials", "Reached", "Median time (s)", "Path efficiency", "Bins", "Lost");

  private static final List<String> DECODING_HEADER =
      List.of("Filter", "nRMSE (zero: 1)", "MAAE, rad (chance: 1.57)", "r of x", "r of y");

  private static void summary(
      Report report, FilterKind kind, DemoRun.Steering steering, Figures figures) {
    report
        .paragraph(
            ("A simulated user first imagined steering for %.0f seconds, while the cursor moved by"
                    + " itself. From that the program learned to read the wanted velocity from the"
                    + " spikes. Then the user steered with %s for %.0f seconds: every bin of spikes"
                    + " went out as an LSL stream, came in again, and moved the cursor.")
                .formatted(DemoRun.CALIBRATION_SECONDS, kind.id(), DemoRun.STEERING_SECONDS))
        .highlight(
            percent(steering.task().success()),
            "of %d targets were reached and held for %.1f s within %.0f s"
                .formatted(
                    steering.task().trials().size(), DemoRun.HOLD_SECONDS, DemoRun.TIMEOUT_SECONDS))
        .highlight(
            number("%.2f s", steering.task().medianSeconds()), "median time to reach a target")
        .highlight(
            number("%.2f ms", steering.latency().quantileNanos(0.99) / 1e6),
            "from spikes to velocity, 99 of 100 bins faster; %d bins lost"
                .formatted(steering.lost()))
        .highlight(
            number("%.2f", figures.nrmse()),
            "normalised error on rows that did not train the filter (saying zero always: 1)");
  }

  private static List<List<String>> steering(Map<FilterKind, DemoRun.Steering> steered) {
    List<List<String>> rows = new ArrayList<>();
    steered.forEach(
        (kind, s) ->
            rows.add(
                List.of(
                    kind.id(),
                    Integer.toString(s.task().trials().size()),
                    percent(s.task().success()),
                    number("%.2f", s.task().medianSeconds()),
                    number("%.2f", s.task().pathEfficiency()),
                    Long.toString(s.bins()),
                    Long.toString(s.lost()))));
    return rows;
  }

  private static List<List<String>> decoding(Map<FilterKind, Figures> compared) {
    List<List<String>> rows = new ArrayList<>();
    compared.forEach(
        (kind, f) ->
            rows.add(
                List.of(
                    kind.id(),
                    number("%.3f", f.nrmse()),
                    number("%.3f", f.maae()),
                    number("%.3f", f.r()[0]),
                    number("%.3f", f.r()[1]))));
    return rows;
  }

  private Map<String, String> provenance() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Command", "efferent demo --seed " + seed);
    facts.put("Seed", Long.toString(seed));
    facts.put("Version", Versions.program());
    facts.put("Java", Versions.java());
    facts.put("Machine", Versions.machine());
    facts.put("Time", java.time.Instant.now().toString());
    facts.put("Figures", OutputOptions.toJson(result));
    return facts;
  }

  private static Figure velocity(double[][] truth, List<Gaussian> heldOut) {
    int bins = (int) Math.min(heldOut.size(), SHOWN_SECONDS / DemoRun.BIN_SECONDS);
    Trajectory run =
        Trajectory.of(DemoRun.seconds(bins), heldOut.subList(0, bins), Arrays.copyOf(truth, bins));
    return Trajectories.overTime(
        run, List.of("velocity x (top speeds)", "velocity y (top speeds)"), FigureSize.SCREEN);
  }

  private static Figure paths(CentreOut task) {
    List<double[]> points = new ArrayList<>();
    for (CentreOut.Trial trial : task.trials()) {
      if (Math.hypot(trial.targetX(), trial.targetY()) > 0) {
        points.addAll(Arrays.asList(trial.path()));
        points.add(new double[] {Double.NaN, Double.NaN});
      }
    }
    List<Disc> targets = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      double angle = 2 * Math.PI * i / 8;
      targets.add(
          new Disc(
              CentreOut.REACH * Math.cos(angle),
              CentreOut.REACH * Math.sin(angle),
              CentreOut.RADIUS));
    }
    Trajectory run =
        new Trajectory(DemoRun.seconds(points.size()), points.toArray(double[][]::new), null, null);
    return Trajectories.path(run, targets, "screen heights", FigureSize.SCREEN.withHeight(720));
  }

  private static Figure comparison(Map<FilterKind, Figures> compared) {
    List<Bar> bars = new ArrayList<>();
    compared.forEach((kind, figures) -> bars.add(new Bar(kind.id(), figures.nrmse())));
    return BarComparison.of(
        "nRMSE",
        BarComparison.Better.LOWER,
        bars,
        new BarComparison.Reference(1, "always saying zero"),
        FigureSize.SCREEN.withHeight(360));
  }

  private Figure picture(String name, Figure figure) {
    figure.writePng(out.resolve(name + ".png"), 1, ifExists);
    figure.writeSvg(out.resolve(name + ".svg"), ifExists);
    return figure;
  }

  /** The scene of the window in the middle of the last outward trial, as a picture. */
  private void snapshot(CentreOut task) {
    CentreOut.Trial shown = null;
    for (CentreOut.Trial trial : task.trials()) {
      shown = Math.hypot(trial.targetX(), trial.targetY()) > 0 ? trial : shown;
    }
    if (shown == null) {
      return;
    }
    CursorPainter painter = new CursorPainter(org.efferent.viz.Look.LIGHT);
    int bins = Math.max(1, shown.path().length * 3 / 4);
    for (int i = 0; i < bins; i++) {
      painter.follow(
          new CursorState(
              i * DemoRun.BIN_SECONDS,
              new Disc(shown.path()[i][0], shown.path()[i][1], 0.02),
              new Disc(shown.targetX(), shown.targetY(), CentreOut.RADIUS),
              new CursorStatus(CursorStatus.Mode.RUNNING, i + 1L, 0, Double.NaN, Double.NaN)));
    }
    BufferedImage image = painter.image(960, 720);
    try {
      ImageIO.write(image, "png", out.resolve("cursor.png").toFile());
    } catch (IOException e) {
      throw new InputException(out.resolve("cursor.png") + ": cannot be written", e);
    }
  }

  private static String percent(double share) {
    return number("%.0f %%", 100 * share);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
  }
}
