package org.efferent.filters.click;

import org.efferent.core.InputException;

/**
 * The probability that a click is meant, bin by bin: of the bin alone (LDA), or of a hidden Markov
 * model of two states, move and click, whose forward recursion carries what was likely before:
 *
 * <pre>
 * p⁻ = p (1 - leave) + (1 - p) enter
 * p  = p⁻ r / (p⁻ r + 1 - p⁻),   r = p(x | click) / p(x | move)
 * </pre>
 *
 * <p>enter and leave are the shares of bins at which the state changes. The recursion: Rabiner,
 * Proc. IEEE 77:257, 1989, doi:10.1109/5.18626; a discrete state beside a continuous cursor with a
 * threshold on its posterior: Kao et al., IEEE Trans. Biomed. Eng. 64:935, 2017,
 * doi:10.1109/TBME.2016.2582691. With LDA p⁻ is the share of clicks, at every bin. Used by one
 * thread; a bin allocates nothing.
 */
public final class ClickDecoder {
  /** Which of the two. */
  public enum Kind {
    /** Every bin by itself. */
    LDA,
    /** Two states with memory. */
    HMM
  }

  /** Odds are held within e^±30, so that no bin settles all that follow. */
  private static final double LARGEST_LOG_ODDS = 30;

  private final Kind kind;
  private final LinearDiscriminant discriminant;
  private final double enter;
  private final double leave;
  private final double threshold;
  private double posterior;

  /**
   * A decoder at its start.
   *
   * @param kind which of the two
   * @param discriminant the bins' evidence
   * @param enter probability that a click begins at a bin without one, above 0, below 1
   * @param leave probability that it ends at a bin with one, above 0, below 1
   * @param threshold posterior from which a click counts, above 0, below 1
   * @throws InputException where a probability is out of range
   */
  public ClickDecoder(
      Kind kind, LinearDiscriminant discriminant, double enter, double leave, double threshold) {
    if (!inside(enter) || !inside(leave) || !inside(threshold)) {
      throw new InputException(
          "a click decoder's enter, leave and threshold must lie between 0 and 1; enter="
              + enter
              + ", leave="
              + leave
              + ", threshold="
              + threshold);
    }
    this.kind = kind;
    this.discriminant = discriminant;
    this.enter = enter;
    this.leave = leave;
    this.threshold = threshold;
    reset();
  }

  private static boolean inside(double probability) {
    return probability > 0 && probability < 1;
  }

  /**
   * Decodes one bin.
   *
   * @param x {@code [features]}
   * @return the probability of a click, 0 to 1
   */
  public double step(double[] x) {
    double before =
        kind == Kind.LDA ? resting() : posterior * (1 - leave) + (1 - posterior) * enter;
    double odds = Math.log(before / (1 - before)) + discriminant.logRatio(x);
    odds = Math.max(-LARGEST_LOG_ODDS, Math.min(LARGEST_LOG_ODDS, odds));
    posterior = 1 / (1 + Math.exp(-odds));
    return posterior;
  }

  /** The share of clicks where nothing is known. */
  private double resting() {
    return enter / (enter + leave);
  }

  /** Forgets what came before. */
  public void reset() {
    posterior = resting();
  }

  /** The probability after the last bin. */
  public double posterior() {
    return posterior;
  }

  /** Which of the two. */
  public Kind kind() {
    return kind;
  }

  /** The bins' evidence. */
  public LinearDiscriminant discriminant() {
    return discriminant;
  }

  /** Probability that a click begins at a bin without one. */
  public double enter() {
    return enter;
  }

  /** Probability that a click ends at a bin with one. */
  public double leave() {
    return leave;
  }

  /** Posterior from which a click counts. */
  public double threshold() {
    return threshold;
  }
}
