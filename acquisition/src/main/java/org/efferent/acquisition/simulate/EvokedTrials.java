package org.efferent.acquisition.simulate;

import java.util.ArrayList;
import java.util.List;

/** When stimuli come, of which class they are, and how a trial differs from the template. */
final class EvokedTrials {
  private static final double FIRST_SECONDS = 1;

  private final EvokedOptions options;
  private final long onsets;
  private final long classes;
  private final long latencies;
  private final long amplitudes;
  private final double shares;

  EvokedTrials(EvokedOptions options, long seed) {
    this.options = options;
    long key = Draws.key(seed, "evoked");
    onsets = Draws.key(key, "onsets");
    classes = Draws.key(key, "classes");
    latencies = Draws.key(key, "latencies");
    amplitudes = Draws.key(key, "amplitudes");
    shares = options.classes().stream().mapToDouble(EvokedClass::share).sum();
  }

  /** The first trial that may begin at or after a moment. */
  long firstFrom(double time) {
    double slots = (time - FIRST_SECONDS) / options.intervalSeconds();
    return Math.max(0, (long) Math.floor(slots) - 1);
  }

  /** When its stimulus comes, seconds. */
  double onset(long trial) {
    double late = options.intervalJitter() * Draws.uniform(onsets, trial);
    return FIRST_SECONDS + options.intervalSeconds() * (trial + late);
  }

  /** Index of its class. */
  int which(long trial) {
    double left = shares * Draws.uniform(classes, trial);
    int which = 0;
    while (which + 1 < options.classes().size() && left >= options.classes().get(which).share()) {
      left -= options.classes().get(which).share();
      which++;
    }
    return which;
  }

  /** By how much its response is late, seconds. */
  double shift(long trial) {
    return options.latencyJitterSeconds() * Draws.gaussian(latencies, trial);
  }

  /** By how much its response is larger than the template; 1 on average. */
  double amplitude(long trial) {
    double s = options.amplitudeSpread();
    return StrictMath.exp(s * Draws.gaussian(amplitudes, trial) - s * s / 2);
  }

  /** The stimuli of a stretch of time; values are class, amplitude, shift. */
  List<SimulatedEvent> between(double from, double to, boolean numbers) {
    List<SimulatedEvent> found = new ArrayList<>();
    for (long trial = firstFrom(from); onset(trial) < to; trial++) {
      double time = onset(trial);
      if (time >= from) {
        int which = which(trial);
        List<Double> values =
            numbers ? List.of((double) which, amplitude(trial), shift(trial)) : List.of();
        found.add(new SimulatedEvent(time, options.classes().get(which).label(), values));
      }
    }
    return found;
  }
}
