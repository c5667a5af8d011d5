package org.efferent.acquisition;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Poisson units whose truth is known. With u = c · v, the intended velocity v (in units of the
 * user's top speed) along the unit's preferred direction c, baseline b and depth m, a unit fires
 *
 * <pre>
 * cosine       max(0, b + m u)                               Georgopoulos 1982, Moran and Schwartz 1999
 * saturating   max(0, b + m tanh(2 u) / tanh(2))
 * bump         max(0, b + m (2 exp(-(u - centre)² / (2 width²)) - 1))
 * </pre>
 *
 * <p>spikes a second. {@link Disturbances} change that in the course of time, which is counted in
 * bins fired. The same seed gives the same units and the same spikes.
 */
public final class SimulatedUnits {
  /** Units of the demo: baselines of 0 to 20 and depths of 4 to 30 spikes a second. */
  private static final UnitsOptions STRONG =
      new UnitsOptions(1, 1, 0, 20, 4, 30, 0, 0, 0.3, 0.6, Disturbances.NONE);

  private static final double STEEPNESS = 2;
  private static final double COMMON_SECONDS = 0.5;

  private enum Tuning {
    COSINE,
    SATURATING,
    BUMP
  }

  private final double binSeconds;
  private final UnitsOptions options;
  private final Tuning[] tuning;
  private final double[] preferredX;
  private final double[] preferredY;
  private final double[] baselineHz;
  private final double[] depthHz;
  private final double[] centre;
  private final double[] stuckHz;
  private final SplittableRandom spikes;
  private final SplittableRandom changes;
  private double commonHz;
  private long bins;

  /**
   * Draws cosine-tuned units with baselines of 0 to 20 and depths of 4 to 30 spikes a second.
   *
   * @param units how many, at least 1
   * @param binSeconds length of a bin in seconds
   * @param seed of tuning and spikes
   */
  public SimulatedUnits(int units, double binSeconds, long seed) {
    this(
        new UnitsOptions(
            units,
            binSeconds,
            STRONG.baselineLowHz(),
            STRONG.baselineHighHz(),
            STRONG.depthLowHz(),
            STRONG.depthHighHz(),
            0,
            0,
            STRONG.bumpWidth(),
            STRONG.bumpReach(),
            Disturbances.NONE),
        seed);
  }

  /**
   * Draws the units.
   *
   * @param options what they are drawn from
   * @param seed of tuning, disturbances and spikes
   */
  public SimulatedUnits(UnitsOptions options, long seed) {
    this.options = options;
    binSeconds = options.binSeconds();
    SplittableRandom random = new SplittableRandom(seed);
    spikes = random.split();
    int n = options.units();
    preferredX = new double[n];
    preferredY = new double[n];
    baselineHz = new double[n];
    depthHz = new double[n];
    for (int i = 0; i < n; i++) {
      double angle = 2 * Math.PI * random.nextDouble();
      preferredX[i] = Math.cos(angle);
      preferredY[i] = Math.sin(angle);
      baselineHz[i] = between(options.baselineLowHz(), options.baselineHighHz(), random);
      depthHz[i] = between(options.depthLowHz(), options.depthHighHz(), random);
    }
    changes = random.split();
    tuning = new Tuning[n];
    centre = new double[n];
    stuckHz = new double[n];
    Arrays.fill(tuning, Tuning.COSINE);
    Arrays.fill(stuckHz, Double.NaN);
    int[] order = shuffled(n, random);
    int saturating = (int) Math.round(n * options.saturatingShare());
    int bumps = Math.min(n - saturating, (int) Math.round(n * options.bumpShare()));
    for (int i = 0; i < saturating + bumps; i++) {
      tuning[order[i]] = i < saturating ? Tuning.SATURATING : Tuning.BUMP;
    }
    for (int i = 0; i < n; i++) {
      centre[i] = between(-options.bumpReach(), options.bumpReach(), random);
    }
  }

  private static double between(double low, double high, SplittableRandom random) {
    return low + (high - low) * random.nextDouble();
  }

  private static int[] shuffled(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Number of units. */
  public int size() {
    return preferredX.length;
  }

  /**
   * The direction in which a unit fires most.
   *
   * @param unit from 0
   * @return radians, from x to y
   */
  public double preferredRadians(int unit) {
    return StrictMath.atan2(preferredY[unit], preferredX[unit]);
  }

  /**
   * The mean rate of a unit.
   *
   * @param unit from 0
   * @return spikes a second while nothing is intended
   */
  public double baselineHz(int unit) {
    return baselineHz[unit];
  }

  /**
   * How deeply a unit is modulated.
   *
   * @param unit from 0
   * @return spikes a second that it gains at top speed in its preferred direction
   */
  public double modulationHz(int unit) {
    return depthHz[unit];
  }

  /**
   * The rate of a unit as it is now, without what all units share.
   *
   * @param unit from 0
   * @param vx intended velocity to the right, 1 is the user's top speed
   * @param vy intended velocity upwards
   * @return spikes a second
   */
  public double rateHz(int unit, double vx, double vy) {
    if (!Double.isNaN(stuckHz[unit])) {
      return stuckHz[unit];
    }
    double drive = preferredX[unit] * vx + preferredY[unit] * vy;
    double shape =
        switch (tuning[unit]) {
          case COSINE -> drive;
          case SATURATING -> Math.tanh(STEEPNESS * drive) / Math.tanh(STEEPNESS);
          case BUMP -> {
            double off = (drive - centre[unit]) / options.bumpWidth();
            yield 2 * Math.exp(-off * off / 2) - 1;
          }
        };
    return Math.max(0, baselineHz[unit] + depthHz[unit] * shape);
  }

  /**
   * Draws the spikes of one bin.
   *
   * @param vx intended velocity to the right, 1 is the user's top speed
   * @param vy intended velocity upwards
   * @param counts modified: {@code [units]}, spikes in the bin
   */
  public void fire(double vx, double vy, double[] counts) {
    disturb();
    for (int i = 0; i < counts.length; i++) {
      double common = Double.isNaN(stuckHz[i]) ? commonHz : 0;
      counts[i] = poisson(Math.max(0, rateHz(i, vx, vy) + common) * binSeconds);
    }
    bins++;
  }

  private void disturb() {
    Disturbances d = options.disturbances();
    if (d.commonNoiseHz() > 0) {
      double keep = Math.exp(-binSeconds / COMMON_SECONDS);
      commonHz =
          keep * commonHz + d.commonNoiseHz() * Math.sqrt(1 - keep * keep) * changes.nextGaussian();
    }
    if (d.gainDrift() > 0) {
      double step = d.gainDrift() * Math.sqrt(binSeconds / 60);
      for (int i = 0; i < depthHz.length; i++) {
        depthHz[i] *= Math.exp(step * changes.nextGaussian());
      }
    }
    if (bins == Math.round(d.atSeconds() / binSeconds)) {
      change(d);
    }
  }

  private void change(Disturbances d) {
    if (d.jumpHz() > 0) {
      for (int i = 0; i < baselineHz.length; i++) {
        baselineHz[i] = Math.max(0, baselineHz[i] + d.jumpHz() * changes.nextGaussian());
      }
    }
    int n = size();
    int[] order = shuffled(n, changes);
    int lost = (int) Math.round(n * d.lostShare());
    int saturated = Math.min(n - lost, (int) Math.round(n * d.saturatedShare()));
    for (int i = 0; i < lost + saturated; i++) {
      stuckHz[order[i]] = i < lost ? 0 : d.saturatedHz();
    }
  }

  /** Knuth's product of uniforms: exact, and fast enough for the few spikes of a bin. */
  private int poisson(double mean) {
    double limit = Math.exp(-mean);
    double product = spikes.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= spikes.nextDouble();
      count++;
    }
    return count;
  }
}
