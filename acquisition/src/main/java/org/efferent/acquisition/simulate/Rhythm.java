package org.efferent.acquisition.simulate;

/** An {@link Oscillation} at work. */
final class Rhythm implements EegSource {
  private final Oscillation options;
  private final double[] gains;
  private final Timeline timeline;
  private final ImageryTrials trials;
  private final ColouredNoise noise;
  private final Bursts bursts;
  private final double phase;

  Rhythm(
      Oscillation options,
      Electrodes electrodes,
      Timeline timeline,
      ImageryTrials trials,
      long seed) {
    this.options = options;
    this.timeline = timeline;
    this.trials = trials;
    gains = electrodes.gains(Electrodes.direction(options.electrode()), options.spreadDegrees());
    long key = Draws.key(seed, options.name());
    phase = 2 * Math.PI * Draws.uniform(Draws.key(key, "sine"), 0);
    noise =
        options.widthHz() == 0
            ? null
            : ColouredNoise.narrow(
                Draws.key(key, "noise"),
                timeline.nominalHz(),
                options.frequencyHz(),
                options.widthHz());
    bursts =
        options.burstsPerSecond() == 0
            ? null
            : new Bursts(
                Draws.key(key, "bursts"),
                options.burstsPerSecond(),
                0.1 * options.burstSeconds(),
                0.6 * options.burstSeconds(),
                1.4 * options.burstSeconds(),
                0.2);
  }

  @Override
  public String name() {
    return options.name();
  }

  @Override
  public double[] gains() {
    return gains;
  }

  @Override
  public boolean hasAmplitude() {
    return true;
  }

  @Override
  public void fill(long from, int count, double[] value, double[] amplitude) {
    if (noise == null) {
      for (int i = 0; i < count; i++) {
        double turns = options.frequencyHz() * timeline.time(from + i);
        value[i] = Math.sqrt(2) * StrictMath.sin(2 * Math.PI * (turns - Math.floor(turns)) + phase);
        amplitude[i] = Math.sqrt(2);
      }
    } else {
      noise.fill(from, count, value, amplitude);
      for (int i = 0; i < count; i++) {
        amplitude[i] = Math.sqrt(value[i] * value[i] + amplitude[i] * amplitude[i]);
      }
    }
    int burst = bursts == null ? 0 : bursts.firstAfter(timeline.time(from));
    for (int i = 0; i < count; i++) {
      double time = timeline.time(from + i);
      double strength = options.rmsMicrovolt() * trials.factor(time, options.hemisphere());
      if (bursts != null) {
        while (bursts.start(burst) + bursts.seconds(burst) <= time) {
          burst++;
        }
        strength *= bell((time - bursts.start(burst)) / bursts.seconds(burst)) * bursts.size(burst);
      }
      value[i] *= strength;
      amplitude[i] *= strength;
    }
  }

  /** A burst swells and fades: 0 at 0 and 1, 1 in the middle. */
  private static double bell(double part) {
    if (!(part > 0 && part < 1)) {
      return 0;
    }
    double s = StrictMath.sin(Math.PI * part);
    return s * s;
  }
}
