package org.efferent.decoders.train;

import org.efferent.decoders.encoder.OptionReader;

/**
 * How the learning rate changes: the factor of a step.
 *
 * @param kind which curve
 * @param warmUp share of all steps over which the factor rises from 0 (one-cycle: from 1/25) to 1
 */
public record Schedule(Kind kind, double warmUp) {
  /** Curves after the warm-up. */
  public enum Kind {
    /** 1. */
    CONSTANT("constant"),
    /** Half a cosine from 1 to 0. */
    COSINE("cosine"),
    /** PyTorch's OneCycleLR: cosines from 1/25 to 1 and from 1 to 1/250,000. */
    ONE_CYCLE("one-cycle");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** Its word in files. */
    public String word() {
      return word;
    }
  }

  private static final double FIRST = 1.0 / 25;
  private static final double LAST = 1.0 / 25 / 10_000;

  /** The same rate always. */
  public static final Schedule CONSTANT = new Schedule(Kind.CONSTANT, 0);

  /** Checks the share. */
  public Schedule {
    if (!(warmUp >= 0 && warmUp < 1)) {
      throw new IllegalArgumentException("warmUp must be from 0 to less than 1; warmUp=" + warmUp);
    }
  }

  /**
   * The factor of a step.
   *
   * @param step from 0
   * @param steps of the whole training
   * @return from 0 to 1
   */
  public double factor(long step, long steps) {
    double rising = warmUp * steps;
    if (kind == Kind.ONE_CYCLE) {
      double up = Math.max(1, rising - 1);
      return step <= up
          ? cosine(FIRST, 1, step / up)
          : cosine(1, LAST, (step - up) / Math.max(1, steps - 1 - up));
    }
    if (step < rising) {
      return (step + 1) / (rising + 1);
    }
    return kind == Kind.CONSTANT ? 1 : cosine(1, 0, (step - rising) / Math.max(1, steps - rising));
  }

  private static double cosine(double from, double to, double share) {
    return to + (from - to) * (1 + Math.cos(Math.PI * Math.min(1, share))) / 2;
  }

  /**
   * Reads its entries.
   *
   * @param in kind and warmUp
   * @return the schedule
   * @throws org.efferent.core.InputException if an entry is unknown or impossible
   */
  public static Schedule of(OptionReader in) {
    String word = in.word("kind", "constant");
    for (Kind kind : Kind.values()) {
      if (kind.word().equals(word)) {
        Schedule made = new Schedule(kind, in.number("warmUp", kind == Kind.ONE_CYCLE ? 0.3 : 0));
        in.end();
        return made;
      }
    }
    throw in.wrong("kind", "constant, cosine or one-cycle");
  }
}
