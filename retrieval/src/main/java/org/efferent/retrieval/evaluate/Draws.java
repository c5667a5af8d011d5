package org.efferent.retrieval.evaluate;

/** Probabilities of draws without replacement from up to so many things. */
final class Draws {
  private final double[] logFactorials;

  Draws(int things) {
    logFactorials = new double[things + 1];
    for (int i = 2; i <= things; i++) {
      logFactorials[i] = logFactorials[i - 1] + Math.log(i);
    }
  }

  /**
   * Probability that none of some marked things is drawn: {@code C(all − marked, drawn) / C(all,
   * drawn)}.
   */
  static double none(int all, int marked, int drawn) {
    if (drawn > all - marked) {
      return 0;
    }
    double p = 1;
    // The smaller of two equal products: either of the drawn or of the marked.
    int factors = Math.min(drawn, marked);
    int others = Math.max(drawn, marked);
    for (int i = 0; i < factors; i++) {
      p *= (all - others - i) / (double) (all - i);
    }
    return p;
  }

  /**
   * Probability that in a random order the first marked thing stands at a place: {@code C(all − 1 −
   * place, marked − 1) / C(all, marked)}.
   */
  static double firstAt(int all, int marked, int place) {
    if (place > all - marked) {
      return 0;
    }
    return none(all, marked, place) * marked / (all - place);
  }

  /**
   * Probability that the right one is among the first k of itself and {@code way − 1} of the wrong,
   * of which some score higher and some the same: the numbers of these that are drawn are
   * multivariate hypergeometric, and it shares places with its equals.
   */
  double kWay(int wrong, int better, int equal, int way, int k) {
    if (better + equal < k) {
      return 1;
    }
    int drawn = way - 1;
    int worse = wrong - better - equal;
    if (equal == 0 && k == 1) {
      return none(wrong, better, drawn);
    }
    double sum = 0;
    for (int x = 0; x <= Math.min(Math.min(better, drawn), k - 1); x++) {
      int fewest = Math.max(0, drawn - x - worse);
      for (int y = fewest; y <= Math.min(equal, drawn - x); y++) {
        double p =
            Math.exp(
                choose(better, x)
                    + choose(equal, y)
                    + choose(worse, drawn - x - y)
                    - choose(wrong, drawn));
        sum += p * Math.min(1, (k - x) / (y + 1.0));
      }
    }
    return Math.min(1, sum);
  }

  /** Logarithm of a binomial coefficient. */
  private double choose(int n, int k) {
    return logFactorials[n] - logFactorials[k] - logFactorials[n - k];
  }
}
