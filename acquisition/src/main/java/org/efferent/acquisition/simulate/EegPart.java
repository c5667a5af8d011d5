package org.efferent.acquisition.simulate;

/** Something that adds to the channels of an EEG. */
interface EegPart {
  /** Most samples that are asked for at once. */
  int BLOCK = 512;

  /**
   * Adds its part to some samples, each a function of its number alone.
   *
   * @param from first sample number
   * @param count how many, at most {@link #BLOCK}
   * @param into modified: {@code [count × channels]} from {@code offset} on, microvolt
   * @param offset where the first sample starts
   */
  void add(long from, int count, double[] into, int offset);
}
