package org.efferent.acquisition.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The spikes of all units at any time: inhomogeneous Poisson processes with a dead time after each
 * spike. Candidates are drawn by thinning (P. A. W. Lewis and G. S. Shedler, Naval Research
 * Logistics Quarterly 26 (1979) 403) in blocks of half a second that do not know each other; a
 * candidate in the dead time of the spike before is none. Candidates come at λ/(1 − λ·dead time),
 * so that spikes come at λ, the rate of the tuning.
 *
 * <p>Which spike was the one before can be told without beginning at 0: a candidate that has no
 * other in the dead time before it is a spike whatever came earlier.
 */
final class SpikeTrains {
  private static final double BLOCK_SECONDS = 0.5;

  private final List<SpikeUnit> units;
  private final Reaches reaches;
  private final double dead;
  private final long key;
  private final long[] held;
  private final double[][] heldSpikes;
  private final double[] state = new double[4];

  SpikeTrains(SpikeOptions options, Reaches reaches, long seed) {
    this.units = options.units();
    this.reaches = reaches;
    dead = options.refractorySeconds();
    key = Draws.key(seed, "spikes");
    held = new long[units.size()];
    Arrays.fill(held, -1);
    heldSpikes = new double[units.size()][];
  }

  /** Spikes of a unit with times in {@code [from, to)} seconds, in order. */
  double[] between(int unit, double from, double to) {
    double[] found = new double[16];
    int n = 0;
    long first = Math.max(0, (long) Math.floor(from / BLOCK_SECONDS));
    for (long block = first; block * BLOCK_SECONDS < to; block++) {
      for (double spike : spikes(unit, block)) {
        if (spike >= from && spike < to) {
          if (n == found.length) {
            found = Arrays.copyOf(found, 2 * n);
          }
          found[n++] = spike;
        }
      }
    }
    return Arrays.copyOf(found, n);
  }

  /** Number of spikes of a unit in {@code [from, to)} seconds. */
  int count(int unit, double from, double to) {
    int n = 0;
    long first = Math.max(0, (long) Math.floor(from / BLOCK_SECONDS));
    for (long block = first; block * BLOCK_SECONDS < to; block++) {
      for (double spike : spikes(unit, block)) {
        n += spike >= from && spike < to ? 1 : 0;
      }
    }
    return n;
  }

  /** Spikes of all units, in order of time; values are the unit and what the caller adds. */
  List<SimulatedEvent> events(double from, double to, List<List<Double>> values) {
    List<SimulatedEvent> found = new ArrayList<>();
    for (int u = 0; u < units.size(); u++) {
      for (double spike : between(u, from, to)) {
        found.add(new SimulatedEvent(spike, "spike", values.get(u)));
      }
    }
    found.sort(Comparator.comparingDouble(SimulatedEvent::time));
    return found;
  }

  private double[] spikes(int unit, long block) {
    if (held[unit] != block) {
      double[] before = heldSpikes[unit];
      double last;
      if (held[unit] == block - 1 && block > 0 && before.length > 0) {
        last = before[before.length - 1];
      } else {
        last = lastSpike(unit, block - 1);
      }
      double[] spikes = accept(candidates(unit, block), last);
      heldSpikes[unit] = spikes;
      held[unit] = block;
    }
    return heldSpikes[unit];
  }

  /** The last spike up to the end of a block, or long ago if none is near enough to matter. */
  private double lastSpike(int unit, long block) {
    double[] candidates = {};
    for (long b = block; b >= 0; b--) {
      double[] earlier = candidates(unit, b);
      double[] all = Arrays.copyOf(earlier, earlier.length + candidates.length);
      System.arraycopy(candidates, 0, all, earlier.length, candidates.length);
      candidates = all;
      if (candidates.length == 0) {
        return Double.NEGATIVE_INFINITY; // a whole block of silence is longer than any dead time
      }
      for (int i = candidates.length - 1; i > 0; i--) {
        if (candidates[i] - candidates[i - 1] >= dead) {
          double[] spikes =
              accept(
                  Arrays.copyOfRange(candidates, i, candidates.length), Double.NEGATIVE_INFINITY);
          return spikes[spikes.length - 1];
        }
      }
    }
    double[] spikes = accept(candidates, Double.NEGATIVE_INFINITY);
    return spikes.length == 0 ? Double.NEGATIVE_INFINITY : spikes[spikes.length - 1];
  }

  private double[] accept(double[] candidates, double last) {
    double[] spikes = new double[candidates.length];
    int n = 0;
    double before = last;
    for (double candidate : candidates) {
      if (candidate - before >= dead) {
        spikes[n++] = candidate;
        before = candidate;
      }
    }
    return Arrays.copyOf(spikes, n);
  }

  private double[] candidates(int unit, long block) {
    SpikeUnit tuning = units.get(unit);
    double most = alive(tuning.baselineHz() + tuning.depthHz());
    if (most == 0) {
      return new double[0];
    }
    long mine = Draws.key(Draws.key(key, unit), block);
    double[] times = new double[16];
    int n = 0;
    double time = block * BLOCK_SECONDS;
    double end = (block + 1) * BLOCK_SECONDS;
    for (long draw = 0; ; draw += 2) {
      time -= StrictMath.log(Draws.uniform(mine, draw)) / most;
      if (time >= end) {
        return Arrays.copyOf(times, n);
      }
      reaches.at(time, state);
      if (Draws.uniform(mine, draw + 1) * most < alive(tuning.rateHz(state[2], state[3]))) {
        if (n == times.length) {
          times = Arrays.copyOf(times, 2 * n);
        }
        times[n++] = time;
      }
    }
  }

  /** The rate of a unit while it is not in its dead time. */
  private double alive(double rateHz) {
    return rateHz / (1 - rateHz * dead);
  }
}
