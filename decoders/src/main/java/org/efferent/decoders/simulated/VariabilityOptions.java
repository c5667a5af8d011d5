package org.efferent.decoders.simulated;

/**
 * How subjects, sessions and trials differ.
 *
 * @param subjects how many
 * @param sessions of each subject
 * @param mixing a subject's sensors see (I + mixing · R/√channels) times what the template's would,
 *     R standard normal
 * @param subjectGain standard deviation of the logarithm of a subject's response
 * @param subjectLatencySeconds standard deviation of a subject's delay
 * @param trialLatencySeconds standard deviation of a single response's delay
 * @param sessionGain standard deviation of the logarithm of a session's amplification
 * @param sessionOffset standard deviation of what a session adds to a channel
 */
public record VariabilityOptions(
    int subjects,
    int sessions,
    double mixing,
    double subjectGain,
    double subjectLatencySeconds,
    double trialLatencySeconds,
    double sessionGain,
    double sessionOffset) {
  /** One subject, one session, nothing varies. */
  public static final VariabilityOptions NONE = new VariabilityOptions(1, 1, 0, 0, 0, 0, 0, 0);

  /** Checks the ranges. */
  public VariabilityOptions {
    Rules.atLeast("variability.subjects", 1, subjects);
    Rules.atLeast("variability.sessions", 1, sessions);
    Rules.notNegative("variability.mixing", mixing);
    Rules.notNegative("variability.subjectGain", subjectGain);
    Rules.notNegative("variability.subjectLatencySeconds", subjectLatencySeconds);
    Rules.notNegative("variability.trialLatencySeconds", trialLatencySeconds);
    Rules.notNegative("variability.sessionGain", sessionGain);
    Rules.notNegative("variability.sessionOffset", sessionOffset);
  }
}
