package org.efferent.acquisition.simulate;

/**
 * What reaches the electrodes from outside: the mains with its harmonics, in all channels at once
 * but not equally, and each electrode's own slow drift.
 */
final class Surroundings implements EegPart {
  /** Amplitude of the harmonics, the fundamental first. */
  private static final double[] HARMONICS = {1, 0.15, 0.3, 0.08, 0.12};

  private static final double GAIN_SPREAD = 0.4;
  private static final double DRIFT_KNOT_SECONDS = 10;

  private final EegArtefacts artefacts;
  private final Timeline timeline;
  private final double[] lineGains;
  private final double[] phases = new double[HARMONICS.length];
  private final long[] driftKeys;
  private final double[] line = new double[BLOCK];
  private int harmonics;

  Surroundings(EegArtefacts artefacts, Electrodes electrodes, Timeline timeline, long seed) {
    this.artefacts = artefacts;
    this.timeline = timeline;
    long key = Draws.key(seed, "line");
    lineGains = new double[electrodes.count()];
    driftKeys = new long[electrodes.count()];
    for (int c = 0; c < lineGains.length; c++) {
      String label = electrodes.channels().get(c).label();
      double z = Draws.gaussian(Draws.key(key, label), 0);
      lineGains[c] = StrictMath.exp(GAIN_SPREAD * z - GAIN_SPREAD * GAIN_SPREAD / 2);
      driftKeys[c] = Draws.key(Draws.key(seed, "drift"), label);
    }
    while (harmonics < HARMONICS.length
        && (harmonics + 1) * artefacts.lineHz() < timeline.nominalHz() / 2) {
      phases[harmonics] = 2 * Math.PI * Draws.uniform(key, harmonics);
      harmonics++;
    }
  }

  /** Amplitude of the mains in each channel at its fundamental, microvolt. */
  double[] lineMicrovolts() {
    double[] amplitudes = new double[lineGains.length];
    for (int c = 0; c < amplitudes.length; c++) {
      amplitudes[c] = harmonics == 0 ? 0 : artefacts.lineMicrovolt() * lineGains[c];
    }
    return amplitudes;
  }

  @Override
  public void add(long from, int count, double[] into, int offset) {
    int channels = lineGains.length;
    if (artefacts.lineMicrovolt() > 0 && harmonics > 0) {
      for (int i = 0; i < count; i++) {
        double turns = artefacts.lineHz() * timeline.time(from + i);
        double angle = 2 * Math.PI * (turns - Math.floor(turns));
        double sum = 0;
        for (int h = 0; h < harmonics; h++) {
          sum += HARMONICS[h] * StrictMath.sin((h + 1) * angle + phases[h]);
        }
        line[i] = artefacts.lineMicrovolt() * sum;
      }
      SourcePart.mix(line, count, lineGains, into, offset);
    }
    if (artefacts.driftMicrovolt() > 0) {
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < count; i++) {
          double drift = Wander.at(driftKeys[c], timeline.time(from + i), DRIFT_KNOT_SECONDS);
          into[offset + i * channels + c] += artefacts.driftMicrovolt() * drift;
        }
      }
    }
  }
}
