package org.efferent.retrieval.evaluate;

/**
 * Scores of every candidate for every query, given a block at a time, so that the whole matrix need
 * never be held. Larger is better.
 */
public interface ScoreSource {
  /** Queries. */
  int queries();

  /** Candidates. */
  int candidates();

  /**
   * Scores of some queries.
   *
   * @param first first query, from 0
   * @param count how many
   * @param into gets {@code [count × candidates]}, row-major, from 0
   */
  void read(int first, int count, double[] into);

  /** Scores that differ by no more than this are equal: rounding must not break a tie. */
  default double tie() {
    return 0;
  }

  /** How many queries at once stay within some 64 MB. */
  default int blockRows() {
    return (int) Math.max(1, Math.min(512, (1L << 23) / candidates()));
  }

  /**
   * Scores that are there already.
   *
   * @param scores {@code [queries × candidates]}, row-major; not copied
   * @param queries at least 1
   * @param candidates at least 1
   * @return them
   */
  static ScoreSource of(double[] scores, int queries, int candidates) {
    return of(scores, queries, candidates, 0);
  }

  /**
   * Scores that are there already.
   *
   * @param scores {@code [queries × candidates]}, row-major; not copied
   * @param queries at least 1
   * @param candidates at least 1
   * @param tie scores that differ by no more are equal
   * @return them
   */
  static ScoreSource of(double[] scores, int queries, int candidates, double tie) {
    if (queries < 1 || candidates < 1 || scores.length != (long) queries * candidates) {
      throw new IllegalArgumentException(
          "scores must be [queries × candidates]; queries=%d, candidates=%d, scores=%d"
              .formatted(queries, candidates, scores.length));
    }
    return new ScoreSource() {
      @Override
      public int queries() {
        return queries;
      }

      @Override
      public int candidates() {
        return candidates;
      }

      @Override
      public void read(int first, int count, double[] into) {
        System.arraycopy(scores, first * candidates, into, 0, count * candidates);
      }

      @Override
      public double tie() {
        return tie;
      }
    };
  }

  /** The same scores, held in memory where they take up to 256 MB, so that they are made once. */
  default ScoreSource held() {
    boolean small = (long) queries() * candidates() <= 1 << 25;
    return small ? of(all(), queries(), candidates(), tie()) : this;
  }

  /**
   * All scores at once.
   *
   * @return {@code [queries × candidates]}, row-major
   * @throws org.efferent.core.UsageException if they are more than an array holds
   */
  default double[] all() {
    long size = (long) queries() * candidates();
    if (size > Integer.MAX_VALUE - 16) {
      throw new org.efferent.core.UsageException(
          "this needs all scores in memory, up to 2147483631; queries=%d, candidates=%d; evaluate fewer queries at once"
              .formatted(queries(), candidates()));
    }
    double[] all = new double[(int) size];
    int step = blockRows();
    double[] block = new double[step * candidates()];
    for (int q = 0; q < queries(); q += step) {
      int n = Math.min(step, queries() - q);
      read(q, n, block);
      System.arraycopy(block, 0, all, q * candidates(), n * candidates());
    }
    return all;
  }
}
