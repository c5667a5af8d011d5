package org.efferent.filters;

import org.efferent.core.InputException;

/**
 * The number of neighbours with the least leave-one-out squared error, from 1 to 200 or half the
 * rows. Looks at 2,000 rows spread evenly; rows that share samples with the one left out (lags
 * above 1) are left out with it.
 */
final class NeighbourSearch {
  private static final int MOST = 200;
  private static final int QUERIES = 2000;

  private NeighbourSearch() {}

  static int search(double[][] rows, double[][] targets, int lags) {
    int n = rows.length;
    int most = Math.min(MOST, (n - 2 * lags + 1) / 2);
    if (most < 1) {
      throw new InputException(
          "learning k needs at least " + (2 * lags + 1) + " rows; rows=" + n + ": give k");
    }
    double[] errors = new double[most];
    double[][] columns = Tables.columnMajor(rows);
    double[] distances = new double[n];
    int[] order = new int[most];
    double[] sum = new double[targets[0].length];
    NearestHeap heap = new NearestHeap(most);
    int stride = Math.max(1, (n + QUERIES - 1) / QUERIES);
    for (int t = 0; t < n; t += stride) {
      Distances.squared(columns, n, rows[t], rows[t].length, distances);
      heap.clear();
      for (int i = 0; i < n; i++) {
        if (Math.abs(i - t) >= lags) {
          heap.offer(distances[i], i);
        }
      }
      for (int p = most - 1; p >= 0; p--) {
        order[p] = heap.poll();
      }
      java.util.Arrays.fill(sum, 0);
      for (int p = 0; p < most; p++) {
        for (int j = 0; j < sum.length; j++) {
          sum[j] += targets[order[p]][j];
          double difference = sum[j] / (p + 1) - targets[t][j];
          errors[p] += difference * difference;
        }
      }
    }
    int best = 0;
    for (int p = 1; p < most; p++) {
      best = errors[p] < errors[best] ? p : best;
    }
    return best + 1;
  }
}
