package org.efferent.acquisition.simulate;

/**
 * The background: 48 independent sources of noise 1/fᵃ spread evenly over a sphere (a Fibonacci
 * lattice), each seen through a bell of 33° standard deviation, every channel scaled to the same
 * root mean square. Two channels that are φ degrees apart thus correlate by about exp(−φ²/(4·33²)):
 * 0.8 between neighbours of the 10-20 system, little across the head. Each channel has a little
 * white noise of its own besides.
 */
final class Background implements EegPart {
  private static final int SOURCES = 48;
  private static final double SPREAD_DEGREES = 33;
  private static final double FILTER_SECONDS = 8;
  private static final double FLAT_BELOW_HZ = 0.5;

  private final ColouredNoise[] sources = new ColouredNoise[SOURCES / 2];
  private final double[][] gains = new double[SOURCES][];
  private final double[] signal = new double[BLOCK];
  private final double[] second = new double[BLOCK];
  private final double microvolt;
  private final double sensorMicrovolt;
  private final long[] sensorKeys;

  Background(EegActivity activity, Electrodes electrodes, double rateHz, long seed) {
    long key = Draws.key(seed, "background");
    double half = activity.exponent() / 2;
    microvolt = activity.backgroundMicrovolt();
    double[] power = new double[electrodes.count()];
    for (int s = 0; s < SOURCES; s++) {
      if (s % 2 == 0) {
        sources[s / 2] =
            ColouredNoise.twoOf(
                Draws.key(key, s),
                rateHz,
                FILTER_SECONDS,
                hz -> StrictMath.pow(Math.max(hz, FLAT_BELOW_HZ), -half));
      }
      gains[s] = electrodes.gains(lattice(s), SPREAD_DEGREES);
      for (int c = 0; c < power.length; c++) {
        power[c] += gains[s][c] * gains[s][c];
      }
    }
    for (int s = 0; s < SOURCES; s++) {
      for (int c = 0; c < power.length; c++) {
        gains[s][c] *= microvolt / Math.sqrt(power[c]);
      }
    }
    sensorMicrovolt = activity.sensorMicrovolt();
    sensorKeys = new long[electrodes.count()];
    for (int c = 0; c < sensorKeys.length; c++) {
      // By label, so that a channel's noise does not depend on the others.
      String label = electrodes.channels().get(c).label();
      sensorKeys[c] = Draws.key(Draws.key(seed, "sensor"), label);
    }
  }

  private static double[] lattice(int index) {
    double z = 1 - (2 * index + 1.0) / SOURCES;
    double flat = Math.sqrt(1 - z * z);
    double azimuth = index * Math.PI * (3 - Math.sqrt(5));
    return new double[] {flat * StrictMath.cos(azimuth), flat * StrictMath.sin(azimuth), z};
  }

  @Override
  public void add(long from, int count, double[] into, int offset) {
    for (int pair = 0; pair < SOURCES / 2 && microvolt > 0; pair++) {
      sources[pair].fill(from, count, signal, second);
      SourcePart.mix(signal, count, gains[2 * pair], into, offset);
      SourcePart.mix(second, count, gains[2 * pair + 1], into, offset);
    }
    int channels = sensorKeys.length;
    for (int c = 0; c < channels && sensorMicrovolt > 0; c++) {
      Draws.gaussians(sensorKeys[c], from, signal, 0, count);
      for (int i = 0; i < count; i++) {
        into[offset + i * channels + c] += sensorMicrovolt * signal[i];
      }
    }
  }
}
