package org.efferent.viz;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One moment of a session that finds out which of many items a person perceives, all that its
 * window shows. Immutable: the session hands it to {@link RankingWindow#update} and forgets it.
 *
 * @param state what the session does
 * @param detail what to say instead of the state's own words; empty for those
 * @param repetitions of the present stimulus that were heard so far
 * @param answers the best ones, the best first; empty before the first evidence
 * @param threshold the probability from which on the session decides, a mark across the bars; NaN
 *     for none
 * @param last what was decided last; null before the first decision
 */
public record RankingView(
    State state,
    String detail,
    int repetitions,
    List<Answer> answers,
    double threshold,
    Decision last) {
  /** What the session does. */
  public enum State {
    /** Evidence is gathered. */
    LISTENING("LISTENING"),
    /** The best answer is certain enough. */
    DECIDED("DECIDED"),
    /** No answer is certain enough, and no more evidence comes. */
    ABSTAINED("ABSTAINED"),
    /** No signal comes in. */
    STALE("STALE"),
    /** The session has ended. */
    STOPPED("STOPPED");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** One word. */
    public String word() {
      return word;
    }
  }

  /**
   * One of the best answers.
   *
   * @param name of the item
   * @param picture of any size, not to be modified later; the same object for the same item, since
   *     it is made small only once; null for the name alone
   * @param probability from 0 to 1
   */
  public record Answer(String name, BufferedImage picture, double probability) {
    private static final double ROUNDING = 1e-5;

    /** Checks the probability; what lies beyond 1 by rounding alone is 1. */
    public Answer {
      Objects.requireNonNull(name, "name");
      probability = probability > 1 && probability < 1 + ROUNDING ? 1 : probability;
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException(
            "a probability lies in 0..1; " + name + "=" + probability);
      }
    }
  }

  /**
   * What was decided.
   *
   * @param name of the item; empty for an abstention
   * @param probability of the best answer, from 0 to 1
   * @param repetitions that were heard, not negative
   */
  public record Decision(String name, double probability, int repetitions) {
    /** Checks the probability and the count. */
    public Decision {
      Objects.requireNonNull(name, "name");
      if (!(probability >= 0 && probability <= 1) || repetitions < 0) {
        throw new IllegalArgumentException(
            "a decision has a probability in 0..1 and a count; probability="
                + probability
                + ", repetitions="
                + repetitions);
      }
    }

    String words() {
      return (name.isEmpty()
              ? "none, best answer " + percent(probability)
              : name + ", " + percent(probability))
          + ", after "
          + heard(repetitions);
    }
  }

  /** Before the session. */
  public static final RankingView START =
      new RankingView(State.LISTENING, "", 0, List.of(), Double.NaN, null);

  /** Copies the answers, checks the order and the counts. */
  public RankingView {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(detail, "detail");
    answers = List.copyOf(answers);
    if (repetitions < 0) {
      throw new IllegalArgumentException(
          "repetitions are counted from 0; repetitions=" + repetitions);
    }
    if (!Double.isNaN(threshold) && !(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "a threshold lies in 0..1, or is NaN for none; threshold=" + threshold);
    }
    for (int i = 1; i < answers.size(); i++) {
      if (answers.get(i).probability() > answers.get(i - 1).probability()) {
        throw new IllegalArgumentException(
            "the best answer comes first; probabilities[%d]=%s, probabilities[%d]=%s"
                .formatted(
                    i - 1, answers.get(i - 1).probability(), i, answers.get(i).probability()));
      }
    }
  }

  /** The line above the answers: "LISTENING: 3 repetitions heard, decides from 90 %". */
  public String headline() {
    return state.word() + ": " + (detail.isEmpty() ? words() : detail);
  }

  private String words() {
    return switch (state) {
      case LISTENING ->
          heard(repetitions)
              + " heard"
              + (Double.isNaN(threshold) ? "" : ", decides from " + percent(threshold));
      case DECIDED ->
          answers.isEmpty()
              ? "after " + heard(repetitions)
              : answers.get(0).name() + ", after " + heard(repetitions);
      case ABSTAINED -> "no answer is certain enough after " + heard(repetitions);
      case STALE -> "no signal comes in";
      case STOPPED -> "the session has ended";
    };
  }

  /** The line below the answers: "last decision: dog, 91 %, after 4 repetitions". */
  String footline() {
    return last == null ? "no decision yet" : "last decision: " + last.words();
  }

  private static String heard(int repetitions) {
    return repetitions + (repetitions == 1 ? " repetition" : " repetitions");
  }

  /** "91 %", "3.4 %", "< 0.1 %". */
  static String percent(double probability) {
    double percent = 100 * probability;
    if (percent > 0 && percent < 0.1) {
      return "< 0.1 %";
    }
    // Not 100 % for what is less.
    boolean fine = percent > 0 && (percent < 9.95 || percent >= 99.5) && percent < 100;
    double shown = fine && percent >= 99.95 ? 99.9 : percent;
    return String.format(Locale.ROOT, fine ? "%.1f %%" : "%.0f %%", shown);
  }
}
