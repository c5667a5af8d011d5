package org.efferent.acquisition.simulate;

/**
 * A temporal muscle that tightens now and then: noise from some 20 Hz to some 150 Hz, as surface
 * electromyography has it (I. I. Goncharova et al., Clinical Neurophysiology 114 (2003) 1580).
 */
final class Muscle implements EegSource {
  private static final double EDGE_SECONDS = 0.1;
  private static final double SPREAD_DEGREES = 22;

  private final String name;
  private final double[] gains;
  private final Timeline timeline;
  private final double microvolt;
  private final ColouredNoise noise;
  private final Bursts bursts;

  Muscle(
      String name,
      String electrode,
      EegArtefacts artefacts,
      Electrodes electrodes,
      Timeline timeline,
      long seed) {
    this.name = name;
    this.timeline = timeline;
    microvolt = artefacts.muscleMicrovolt();
    gains = electrodes.gains(Electrodes.direction(electrode), SPREAD_DEGREES);
    long key = Draws.key(seed, name);
    noise =
        ColouredNoise.of(Draws.key(key, "noise"), timeline.nominalHz(), 0.25, Muscle::magnitude);
    bursts =
        new Bursts(Draws.key(key, "bursts"), artefacts.musclePerMinute() / 60, 0.3, 0.4, 1.6, 0.3);
  }

  private static double magnitude(double hz) {
    double low = hz / 25;
    double high = hz / 150;
    return low * low / (1 + low * low) / (1 + high * high);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double[] gains() {
    return gains;
  }

  @Override
  public boolean hasAmplitude() {
    return true;
  }

  /** The amplitude is the root mean square that the noise has at the moment. */
  @Override
  public void fill(long from, int count, double[] value, double[] amplitude) {
    noise.fill(from, count, value, null);
    int burst = bursts.firstAfter(timeline.time(from));
    for (int i = 0; i < count; i++) {
      double time = timeline.time(from + i);
      while (bursts.start(burst) + bursts.seconds(burst) <= time) {
        burst++;
      }
      double into = time - bursts.start(burst);
      double edge = Math.min(into, bursts.seconds(burst) - into) / EDGE_SECONDS;
      double envelope = edge <= 0 ? 0 : edge >= 1 ? 1 : edge * edge * (3 - 2 * edge);
      amplitude[i] = envelope == 0 ? 0 : microvolt * bursts.size(burst) * envelope;
      value[i] *= amplitude[i];
    }
  }
}
