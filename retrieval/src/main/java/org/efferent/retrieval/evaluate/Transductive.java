package org.efferent.retrieval.evaluate;

import java.util.Arrays;

/**
 * Scores that look at the whole test set before they answer any of it. A decoder that runs live
 * cannot, nor does a new query come with two hundred others, each of another stimulus: so these are
 * off by default, and a protocol that uses one says "transductive".
 */
public enum Transductive {
  /** Each query is answered by itself. */
  NONE("every query is answered by itself"),
  /** Cross-domain similarity local scaling, ten neighbours (Conneau et al. 2018). */
  CSLS("transductive: scores less the means of the ten nearest of query and candidate (CSLS)"),
  /** Candidates are shared out among the queries (Sinkhorn 1964; Cuturi 2013). */
  SINKHORN("transductive: candidates are shared out among the test queries (Sinkhorn)"),
  /** Both sides scaled by their own means and deviations over the test set. */
  Z("transductive: embeddings z-scored by the statistics of the test set");

  private static final int NEIGHBOURS = 10;
  private static final double TEMPERATURE = 0.05;
  private static final int ROUNDS = 50;

  private final String text;

  Transductive(String text) {
    this.text = text;
  }

  /** A line for the protocol. */
  public String describe() {
    return text;
  }

  /**
   * Scores of queries among a gallery; all but {@link #NONE} and {@link #Z} hold them in memory.
   *
   * @param queries {@code [n × width]}
   * @param gallery {@code [m × width]}
   * @return scores
   */
  public ScoreSource scores(Embeddings queries, Embeddings gallery) {
    return switch (this) {
      case NONE -> CosineScores.of(queries, gallery);
      case CSLS -> csls(CosineScores.of(queries, gallery));
      case SINKHORN -> sinkhorn(CosineScores.of(queries, gallery));
      case Z -> CosineScores.of(standardised(queries), standardised(gallery));
    };
  }

  private static ScoreSource csls(ScoreSource cosines) {
    int n = cosines.queries();
    int m = cosines.candidates();
    double[] scores = cosines.all();
    double[] ofQuery = new double[n];
    double[] ofCandidate = new double[m];
    Arrays.setAll(ofQuery, q -> nearest(Arrays.copyOfRange(scores, q * m, (q + 1) * m)));
    double[] column = new double[n];
    for (int c = 0; c < m; c++) {
      for (int q = 0; q < n; q++) {
        column[q] = scores[q * m + c];
      }
      ofCandidate[c] = nearest(column.clone());
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] = 2 * scores[i] - ofQuery[i / m] - ofCandidate[i % m];
    }
    return ScoreSource.of(scores, n, m, 4 * cosines.tie());
  }

  private static double nearest(double[] values) {
    Arrays.sort(values);
    int k = Math.min(NEIGHBOURS, values.length);
    double sum = 0;
    for (int i = values.length - k; i < values.length; i++) {
      sum += values[i];
    }
    return sum / k;
  }

  /** Rows to one, columns to equal shares, in turn; the logarithm of the plan is the score. */
  private static ScoreSource sinkhorn(ScoreSource cosines) {
    int n = cosines.queries();
    int m = cosines.candidates();
    double[] scores = cosines.all();
    double[] plan = new double[scores.length];
    for (int i = 0; i < plan.length; i++) {
      plan[i] = Math.exp((scores[i] - 1) / TEMPERATURE);
    }
    double[] row = new double[n];
    double[] column = new double[m];
    Arrays.fill(row, 1);
    Arrays.fill(column, 1);
    for (int round = 0; round < ROUNDS; round++) {
      for (int q = 0; q < n; q++) {
        double sum = 0;
        for (int c = 0; c < m; c++) {
          sum += plan[q * m + c] * column[c];
        }
        row[q] = 1 / sum;
      }
      double[] sums = new double[m];
      for (int q = 0; q < n; q++) {
        for (int c = 0; c < m; c++) {
          sums[c] += plan[q * m + c] * row[q];
        }
      }
      Arrays.setAll(column, c -> n / (m * sums[c]));
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] = scores[i] / TEMPERATURE + Math.log(column[i % m]);
    }
    return ScoreSource.of(scores, n, m, 1e-9);
  }

  private static Embeddings standardised(Embeddings rows) {
    int width = rows.width();
    double[] sum = new double[width];
    double[] squares = new double[width];
    for (int r = 0; r < rows.rows(); r++) {
      float[] row = rows.row(r);
      for (int i = 0; i < width; i++) {
        sum[i] += row[i];
        squares[i] += (double) row[i] * row[i];
      }
    }
    double[] mean = new double[width];
    double[] scale = new double[width];
    for (int i = 0; i < width; i++) {
      mean[i] = sum[i] / rows.rows();
      double deviation = Math.sqrt(Math.max(0, squares[i] / rows.rows() - mean[i] * mean[i]));
      // What does not vary says nothing; what is left of it is rounding.
      scale[i] = deviation > 1e-7 * Math.abs(mean[i]) ? 1 / deviation : 0;
    }
    return new Embeddings(
        rows.name() + " (z-scored)",
        rows.rows(),
        width,
        (row, from, count, into, at) -> {
          rows.read(row, from, count, into, at);
          for (int i = 0; i < count; i++) {
            into[at + i] = (float) ((into[at + i] - mean[from + i]) * scale[from + i]);
          }
        });
  }
}
