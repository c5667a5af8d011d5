package org.efferent.filters.session;

import org.efferent.core.InputException;
import org.efferent.filters.click.ClickDecoder;
import org.efferent.filters.click.ClickGate;
import org.efferent.filters.click.ClickTrigger;

/**
 * Clicks of a session: a decoder of the bin's features, a trigger with its refractory time, and a
 * gate that holds the cursor while a click is likely. Used by one thread.
 */
public final class Clicks {
  /** Bins in a row that make a click. */
  private static final int BINS = 3;

  private static final ClickGate GATE = new ClickGate(0.5, 0.95);

  private final ClickDecoder decoder;
  private final ClickTrigger trigger;
  private double posterior;

  /**
   * Clicks.
   *
   * @param decoder trained on the features of the session
   * @param refractorySeconds after a click, 0 or more
   */
  public Clicks(ClickDecoder decoder, double refractorySeconds) {
    this.decoder = decoder;
    trigger = new ClickTrigger(decoder.threshold(), BINS, refractorySeconds);
  }

  /** Takes a bin; whether it clicks. */
  boolean step(double[] features, double seconds) {
    int wanted = decoder.discriminant().inputs();
    if (features.length != wanted) {
      throw new InputException(
          "a bin must have as many features as the click decoder was trained on; features="
              + features.length
              + ", trained on "
              + wanted);
    }
    for (double value : features) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    posterior = decoder.step(features);
    return trigger.step(posterior, seconds);
  }

  /** Share of the velocity that is left. */
  double share() {
    return GATE.factor(posterior);
  }

  double posterior() {
    return posterior;
  }

  void reset() {
    decoder.reset();
    trigger.reset();
    posterior = 0;
  }
}
