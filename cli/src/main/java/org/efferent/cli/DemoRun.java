package org.efferent.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.acquisition.SimulatedUnits;
import org.efferent.acquisition.SimulatedUser;
import org.efferent.core.Decoder;
import org.efferent.core.Estimate.Gaussian;
import org.efferent.core.Estimate.Scores;
import org.efferent.core.LatencyHistogram;
import org.efferent.core.Offline;
import org.efferent.core.Pipeline;
import org.efferent.core.SessionOptions;
import org.efferent.core.StreamInfo;
import org.efferent.core.Window;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.Figures;
import org.efferent.filters.FilterKind;
import org.efferent.filters.FilterSpec;
import org.efferent.filters.FilterTraining;
import org.efferent.filters.ZScore;

/**
 * The demo's session: a simulated user calibrates and then steers a cursor; every bin of neural
 * activity travels through LSL. Time is simulated, bins follow each other in lockstep, so a seed
 * gives the same session on a fast machine and on a slow one.
 */
final class DemoRun {
  static final int UNITS = 40;
  static final double BIN_SECONDS = 0.05;
  static final double CALIBRATION_SECONDS = 120;
  static final double HELD_OUT_SECONDS = 30;
  static final double STEERING_SECONDS = 60;
  static final double HOLD_SECONDS = 0.5;
  static final double TIMEOUT_SECONDS = 8;

  /** Screen heights a second at the user's top speed. */
  static final double TOP_SPEED = 0.6;

  private static final int DELAY_BINS = 3;
  private static final double SLOW_RADIUS = 0.15;
  private static final double EDGE = 0.5;

  private final long seed;
  private final SimulatedUnits units;
  private final double[][] features;
  private final double[][] intended;
  private final ZScore zScore;
  private final int calibrationBins;

  /**
   * What steering with a decoder gave.
   *
   * @param task the finished trials
   * @param latency from push to sink
   * @param lost rows lost on the way
   * @param bins decoded
   */
  record Steering(CentreOut task, LatencyHistogram latency, long lost, long bins) {}

  /** Where the cursor is, for whoever draws it. */
  @FunctionalInterface
  interface Watcher {
    /**
     * Called after every bin; may wait, to show it in real time.
     *
     * @return whether the cursor shall go back to the centre
     */
    boolean moved(double x, double y, CentreOut task, CursorLoop<Gaussian> loop)
        throws InterruptedException;
  }

  /** Calibrates: the cursor moves by itself, the user imagines steering it. */
  DemoRun(long seed) throws InterruptedException {
    this.seed = seed;
    this.units = new SimulatedUnits(UNITS, BIN_SECONDS, seed);
    calibrationBins = (int) Math.round(CALIBRATION_SECONDS / BIN_SECONDS);
    int bins = calibrationBins + (int) Math.round(HELD_OUT_SECONDS / BIN_SECONDS);
    features = new double[bins][];
    intended = new double[bins][2];
    Decoder<Scores> keep = DemoRun::copy;
    SimulatedUser user = new SimulatedUser(0, SLOW_RADIUS);
    CentreOut task = new CentreOut(BIN_SECONDS, HOLD_SECONDS, TIMEOUT_SECONDS, seed);
    double[] position = new double[2];
    double[] counts = new double[UNITS];
    try (CursorLoop<Scores> loop =
        new CursorLoop<>(stream(), keep, SessionOptions.DEFAULTS, 0, d -> {})) {
      for (int t = 0; t < bins; t++) {
        user.intend(position[0], position[1], task.targetX(), task.targetY(), intended[t]);
        units.fire(intended[t][0], intended[t][1], counts);
        Scores row = loop.step(counts);
        features[t] = new double[UNITS];
        for (int i = 0; i < UNITS; i++) {
          features[t][i] = row.get(i);
        }
        move(position, intended[t][0], intended[t][1]);
        task.move(position[0], position[1]);
      }
    }
    zScore = ZScore.fit(java.util.Arrays.copyOf(features, calibrationBins));
    for (int t = 0; t < bins; t++) {
      features[t] = zScore.apply(features[t]);
    }
  }

  private static Scores copy(Window window) {
    return new Scores(window.values());
  }

  private static StreamInfo stream() {
    return StreamInfo.of("EfferentDemo", "Features", 1 / BIN_SECONDS, UNITS);
  }

  /** Trains a filter on the calibration rows. */
  CursorDecoder train(FilterKind kind) {
    double[][] x = java.util.Arrays.copyOf(features, calibrationBins);
    double[][] z = java.util.Arrays.copyOf(intended, calibrationBins);
    return FilterTraining.train(FilterSpec.of(kind), x, z);
  }

  /** What the user wanted in the held-out rows, {@code [bins][2]}. */
  double[][] heldOutTruth() {
    return java.util.Arrays.copyOfRange(intended, calibrationBins, intended.length);
  }

  /** What a decoder makes of the held-out rows. */
  List<Gaussian> heldOut(CursorDecoder decoder) {
    double[][] x = java.util.Arrays.copyOfRange(features, calibrationBins, features.length);
    CursorData.Rows rows = new CursorData.Rows(0, x, heldOutTruth());
    return Offline.run(rows.recording("held out", 1 / BIN_SECONDS), Pipeline.everySample(decoder));
  }

  /** Figures of several filters on the held-out rows. */
  Map<FilterKind, Figures> compare(List<FilterKind> kinds) {
    Map<FilterKind, Figures> figures = new LinkedHashMap<>();
    for (FilterKind kind : kinds) {
      figures.put(kind, CursorScore.score(heldOut(train(kind)), heldOutTruth()));
    }
    return figures;
  }

  /**
   * The user steers with a decoder: closed loop.
   *
   * @param decoder trained
   * @param watcher sees every bin
   */
  Steering steer(CursorDecoder decoder, Watcher watcher) throws InterruptedException {
    SimulatedUser user = new SimulatedUser(DELAY_BINS, SLOW_RADIUS);
    CentreOut task = new CentreOut(BIN_SECONDS, HOLD_SECONDS, TIMEOUT_SECONDS, seed + 1);
    double[] position = new double[2];
    double[] wanted = new double[2];
    double[] counts = new double[UNITS];
    int bins = (int) Math.round(STEERING_SECONDS / BIN_SECONDS);
    Decoder<Gaussian> scaled = scaled(decoder);
    try (CursorLoop<Gaussian> loop =
        new CursorLoop<>(stream(), scaled, SessionOptions.DEFAULTS, 200, d -> {})) {
      for (int t = 0; t < bins; t++) {
        user.intend(position[0], position[1], task.targetX(), task.targetY(), wanted);
        units.fire(wanted[0], wanted[1], counts);
        Gaussian velocity = loop.step(counts);
        move(position, velocity.mean(0), velocity.mean(1));
        task.move(position[0], position[1]);
        if (watcher.moved(position[0], position[1], task, loop)) {
          java.util.Arrays.fill(position, 0);
        }
      }
      return new Steering(task, loop.latency(), loop.session().lost(), loop.estimates().size());
    }
  }

  private Decoder<Gaussian> scaled(CursorDecoder decoder) {
    decoder.reset();
    return window -> decoder.decode(zScore.apply(window.values()));
  }

  private static void move(double[] position, double vx, double vy) {
    position[0] = clamp(position[0] + vx * TOP_SPEED * BIN_SECONDS);
    position[1] = clamp(position[1] + vy * TOP_SPEED * BIN_SECONDS);
  }

  private static double clamp(double v) {
    return Math.max(-EDGE, Math.min(EDGE, v));
  }

  /** Seconds of the held-out rows. */
  static double[] seconds(int bins) {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < bins; i++) {
      seconds.add(i * BIN_SECONDS);
    }
    return seconds.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
