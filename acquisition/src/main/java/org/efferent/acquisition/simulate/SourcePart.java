package org.efferent.acquisition.simulate;

/** A source, mixed into the channels. */
final class SourcePart implements EegPart {
  private final EegSource source;
  private final double[] gains;
  private final double[] value = new double[BLOCK];
  private final double[] amplitude = new double[BLOCK];

  SourcePart(EegSource source) {
    this.source = source;
    gains = source.gains();
  }

  @Override
  public void add(long from, int count, double[] into, int offset) {
    source.fill(from, count, value, amplitude);
    mix(value, count, gains, into, offset);
  }

  /** Adds a signal, weighted for each channel. */
  static void mix(double[] signal, int count, double[] gains, double[] into, int offset) {
    int at = offset;
    for (int i = 0; i < count; i++) {
      for (double gain : gains) {
        into[at++] += gain * signal[i];
      }
    }
  }
}
