package org.efferent.acquisition.simulate;

/** A source that many channels see, each with its weight; what it does is the truth. */
interface EegSource {
  String name();

  /** Weight of each channel; 1 where the source is as strong as it says. */
  double[] gains();

  /** Whether it has an amplitude beside its value. */
  boolean hasAmplitude();

  /**
   * Computes some samples, each a function of its number alone.
   *
   * @param from first sample number
   * @param count how many, at most {@link EegPart#BLOCK}
   * @param value modified: microvolt at the strongest place
   * @param amplitude modified where there is one: microvolt
   */
  void fill(long from, int count, double[] value, double[] amplitude);
}
