package org.efferent.acquisition.simulate;

/**
 * Imagined movements of the left and the right hand, and what they do to the rhythms of the
 * sensorimotor cortex: event-related desynchronisation (G. Pfurtscheller and F. H. Lopes da Silva,
 * Clinical Neurophysiology 110 (1999) 1842). A trial is rest, a cue {@code left} or {@code right},
 * imagery, and a marker {@code rest}; a random second more of rest keeps the cues from being
 * predictable. Of each four trials two are left.
 *
 * <p>0.3 s after the cue the rhythms of the hemisphere opposite to the hand begin to weaken, until
 * 0.9 s; they recover within the second after the imagery.
 *
 * @param restSeconds rest before each cue, at least
 * @param imagerySeconds from cue to the next rest
 * @param contralateral share of its amplitude that a rhythm loses opposite to the hand
 * @param ipsilateral share that it loses on the hand's own side
 */
public record MotorImagery(
    double restSeconds, double imagerySeconds, double contralateral, double ipsilateral) {
  /** Trials of 8 s on average whose rhythms lose 60 % of their amplitude. */
  public static final MotorImagery DEFAULTS = new MotorImagery(3, 4, 0.6, 0.1);

  /** Checks the values. */
  public MotorImagery {
    Limits.check("restSeconds", restSeconds, 1, 3600);
    Limits.check("imagerySeconds", imagerySeconds, 1, 3600);
    Limits.check("contralateral", contralateral, 0, 1);
    Limits.check("ipsilateral", ipsilateral, 0, 1);
  }
}
