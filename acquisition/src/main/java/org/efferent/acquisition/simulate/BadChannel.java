package org.efferent.acquisition.simulate;

/** A way in which a simulated channel is bad. */
public enum BadChannel {
  /** Always 0: a lead that is off. */
  FLAT,
  /** At the amplifier's rail, ±3276.7 µV, nine tenths of the time. */
  SATURATED,
  /** No number at all. */
  NAN,
  /** Its own signal under white noise of 150 µV: a dry electrode. */
  NOISY
}
