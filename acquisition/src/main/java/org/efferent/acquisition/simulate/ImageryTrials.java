package org.efferent.acquisition.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The trials of {@link MotorImagery}: when they are, of which hand, and what they do. */
final class ImageryTrials {
  /** Codes of the class in the truth. */
  static final int REST = 0;

  static final int LEFT = 1;
  static final int RIGHT = 2;

  private static final int BALANCED = 4;
  private static final double JITTER_SECONDS = 1;
  private static final double ONSET_SECONDS = 0.3;
  private static final double FALL_SECONDS = 0.6;
  private static final double RECOVERY_SECONDS = 1;

  private final Optional<MotorImagery> options;
  private final long key;
  private final double period;

  ImageryTrials(Optional<MotorImagery> options, long seed) {
    this.options = options;
    key = Draws.key(seed, "imagery");
    period = options.map(o -> o.restSeconds() + JITTER_SECONDS + o.imagerySeconds()).orElse(1.0);
  }

  boolean exist() {
    return options.isPresent();
  }

  private long trialAt(double time) {
    return (long) Math.floor(time / period);
  }

  private double cue(long trial) {
    double pause = options.orElseThrow().restSeconds();
    return trial * period + pause + JITTER_SECONDS * Draws.uniform(key, trial);
  }

  private double end(long trial) {
    return cue(trial) + options.orElseThrow().imagerySeconds();
  }

  /** Two of each four trials, in random order. */
  private boolean isLeft(long trial) {
    long block = trial / BALANCED;
    long order = Draws.key(Draws.key(key, "order"), block);
    double mine = Draws.uniform(order, trial % BALANCED);
    int before = 0;
    for (int i = 0; i < BALANCED; i++) {
      before += Draws.uniform(order, i) < mine ? 1 : 0;
    }
    return before < BALANCED / 2;
  }

  /** 0 at rest, 1 and 2 while the left or right hand is imagined. */
  int code(double time) {
    long trial = trialAt(time);
    if (options.isEmpty() || time < cue(trial) || time >= end(trial)) {
      return REST;
    }
    return isLeft(trial) ? LEFT : RIGHT;
  }

  /** What is left of the amplitude of a rhythm. */
  double factor(double time, Hemisphere hemisphere) {
    if (options.isEmpty() || hemisphere == Hemisphere.NONE) {
      return 1;
    }
    long trial = trialAt(time);
    double factor = factor(trial, time, hemisphere);
    // The trial before may still be recovering.
    return trial > 0 ? factor * factor(trial - 1, time, hemisphere) : factor;
  }

  private double factor(long trial, double time, Hemisphere hemisphere) {
    double falling = step((time - cue(trial) - ONSET_SECONDS) / FALL_SECONDS);
    double recovered = step((time - end(trial)) / RECOVERY_SECONDS);
    boolean opposite = isLeft(trial) == (hemisphere == Hemisphere.RIGHT);
    MotorImagery depth = options.orElseThrow();
    return 1 - (opposite ? depth.contralateral() : depth.ipsilateral()) * falling * (1 - recovered);
  }

  private static double step(double x) {
    return x <= 0 ? 0 : x >= 1 ? 1 : x * x * (3 - 2 * x);
  }

  /** The markers of a stretch of time. */
  List<SimulatedEvent> between(double from, double to) {
    List<SimulatedEvent> found = new ArrayList<>();
    for (long trial = Math.max(0, trialAt(from) - 1); trial * period < to; trial++) {
      add(found, from, to, cue(trial), isLeft(trial) ? "left" : "right");
      add(found, from, to, end(trial), "rest");
    }
    return found;
  }

  private static void add(
      List<SimulatedEvent> found, double from, double to, double time, String label) {
    if (time >= from && time < to) {
      found.add(new SimulatedEvent(time, label, List.of()));
    }
  }
}
