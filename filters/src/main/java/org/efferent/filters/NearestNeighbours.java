package org.efferent.filters;

import org.efferent.core.InputException;

/**
 * The mean target of the k nearest rows by Euclidean distance; of equal ones the earlier counts.
 */
public final class NearestNeighbours implements Regressor {
  private final int n;
  private final int inputs;
  private final int outputs;
  private final int k;
  private final double[][] rows;
  private final double[][] targets;
  private final double[][] columns;
  private final double[] distances;
  private final NearestHeap heap;

  /**
   * A regression on given rows, which are kept, not copied.
   *
   * @param rows {@code [rows][inputs]}
   * @param targets {@code [rows][outputs]}
   * @param k neighbours, 1 to the number of rows
   * @throws InputException where tables disagree, hold values that are not finite or k is out of
   *     range
   */
  public NearestNeighbours(double[][] rows, double[][] targets, int k) {
    inputs = Tables.check("neighbour rows", rows);
    outputs = Tables.check("neighbour targets", targets);
    Tables.sameRows("neighbour rows", rows, "neighbour targets", targets);
    n = rows.length;
    if (k < 1 || k > n) {
      throw new InputException("k must lie in 1 to the number of rows; k=" + k + ", rows=" + n);
    }
    this.k = k;
    this.rows = rows;
    this.targets = targets;
    columns = Tables.columnMajor(rows);
    distances = new double[n];
    heap = new NearestHeap(k);
  }

  /**
   * The k with the least leave-one-out squared error for rows of which neighbours in time are
   * alike, as smoothed features are.
   *
   * @param rows {@code [rows][inputs]}, consecutive
   * @param targets {@code [rows][outputs]}
   * @param apart rows nearer in time than this are left out with the one that is left out
   * @return 1 to 200
   * @throws InputException where rows are too few
   */
  public static int learnNeighbours(double[][] rows, double[][] targets, int apart) {
    Tables.check("neighbour rows", rows);
    Tables.check("neighbour targets", targets);
    Tables.sameRows("neighbour rows", rows, "neighbour targets", targets);
    return NeighbourSearch.search(rows, targets, apart);
  }

  @Override
  public void predict(double[] x, double[] out) {
    Distances.squared(columns, n, x, inputs, distances);
    heap.clear();
    for (int i = 0; i < n; i++) {
      heap.offer(distances[i], i);
    }
    java.util.Arrays.fill(out, 0, outputs, 0);
    for (int p = 0; p < k; p++) {
      double[] target = targets[heap.index(p)];
      for (int j = 0; j < outputs; j++) {
        out[j] += target[j];
      }
    }
    for (int j = 0; j < outputs; j++) {
      out[j] /= k;
    }
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  /** Neighbours. */
  public int k() {
    return k;
  }

  double[][] rows() {
    return rows;
  }

  double[][] targets() {
    return targets;
  }
}
