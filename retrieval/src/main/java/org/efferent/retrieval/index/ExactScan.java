package org.efferent.retrieval.index;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Walks all vectors of a file and finds the nearest of a few queries.
 *
 * <p>Blocks of rows times all queries are multiplied in single precision by BLAS, each block on one
 * of the threads; of each query the best {@code k} and some more are kept and scored again in
 * double precision. A product of {@code n} numbers in single precision is off by at most about
 * {@code n 2⁻²⁴ ‖q‖ ‖x‖} (Higham, Accuracy and Stability of Numerical Algorithms, 3.1): where what
 * was dropped could reach the k-th best within that, the query walks again and keeps everything
 * that could. So the result is that of double precision throughout.
 */
final class ExactScan {
  /** Queries at once: 256 of them and a block are multiplied within the cache. */
  static final int MOST_QUERIES = 256;

  private static final int BLOCK = 4096;
  private static final int MORE = 32;

  private final IndexFile file;
  private final MappedVectors vectors;
  private final int threads;
  private final BitSet passing;

  /** With {@code passing} null, all rows may be found. */
  ExactScan(IndexFile file, int threads, BitSet passing) {
    this.file = file;
    this.vectors = file.vectors();
    this.threads = threads;
    this.passing = passing;
  }

  /** Sees the products of a block. */
  private interface Visitor {
    void visit(int query, float[] scores, int count, int firstRow);
  }

  /** The hits of queries {@code from} to {@code to}. */
  List<List<Hits.Hit>> search(Queries queries, int from, int to, int k) {
    int capacity = (int) Math.min(vectors.rows(), (long) k + Math.max(MORE, k / 4));
    List<TopK[]> found = new ArrayList<>();
    scan(
        queries,
        from,
        to,
        () -> {
          TopK[] mine = new TopK[to - from];
          java.util.Arrays.setAll(mine, q -> new TopK(capacity));
          synchronized (found) {
            found.add(mine);
          }
          return (q, scores, count, firstRow) -> keep(mine[q], scores, count, firstRow);
        });
    List<List<Hits.Hit>> hits = new ArrayList<>();
    float[] row = new float[vectors.width()];
    for (int q = from; q < to; q++) {
      Best best = new Best(k, file.ids()::get);
      float dropped = Float.NEGATIVE_INFINITY;
      for (TopK[] some : found) {
        TopK top = some[q - from];
        dropped = Math.max(dropped, top.threshold());
        for (int i = 0; i < top.size(); i++) {
          vectors.read(top.row(i), row);
          best.add(top.row(i), queries.score(q, row));
        }
      }
      boolean sure =
          dropped == Float.NEGATIVE_INFINITY
              || (best.isFull() && best.worst() > dropped + error(queries, q));
      hits.add((sure ? best : again(queries, q, k, best.worst())).hits());
    }
    return hits;
  }

  private void keep(TopK top, float[] scores, int count, int firstRow) {
    float threshold = top.threshold();
    for (int i = 0; i < count; i++) {
      if (scores[i] > threshold && (passing == null || passing.get(firstRow + i))) {
        top.add(scores[i], firstRow + i);
        threshold = top.threshold();
      }
    }
  }

  /** Bound of the error of a product in single precision, the rounding of the query included. */
  private double error(Queries queries, int q) {
    int n = vectors.width();
    double bound = (n + 8) * 0x1p-24 / (1 - (n + 8) * 0x1p-24);
    return bound * queries.scale(q) * file.largestNorm() + n * (double) Float.MIN_VALUE;
  }

  /** Keeps every row that may be as good as the k-th best of those that were looked at. */
  private Best again(Queries queries, int q, int k, double kth) {
    double least = kth - error(queries, q);
    Best best = new Best(k, file.ids()::get);
    scan(
        queries,
        q,
        q + 1,
        () -> {
          float[] row = new float[vectors.width()];
          return (query, scores, count, firstRow) -> {
            for (int i = 0; i < count; i++) {
              if (scores[i] >= least && (passing == null || passing.get(firstRow + i))) {
                vectors.read(firstRow + i, row);
                double score = queries.score(q, row);
                synchronized (best) {
                  best.add(firstRow + i, score);
                }
              }
            }
          };
        });
    return best;
  }

  /** Multiplies all blocks; every thread has a visitor of its own. */
  private void scan(
      Queries queries, int from, int to, java.util.function.Supplier<Visitor> visitors) {
    int n = to - from;
    int width = vectors.width();
    int block = Math.max(64, BLOCK / Math.max(1, width / 1024));
    AtomicInteger next = new AtomicInteger();
    int blocks = (vectors.rows() + block - 1) / block;
    try (NativeFloats q = new NativeFloats(queries.prepared(from, to))) {
      Workers.run(
          Math.min(threads, blocks),
          () -> {
            Visitor visitor = visitors.get();
            float[] scores = new float[block];
            try (NativeFloats out = new NativeFloats((long) n * block)) {
              FloatBuffer products = out.view();
              for (int b = next.getAndIncrement(); b < blocks; b = next.getAndIncrement()) {
                int end = Math.min(vectors.rows(), (b + 1) * block);
                for (int row = nextPassing(b * block); row < end; ) {
                  int run = vectors.run(row, end - row);
                  Blas.multiply(
                      q.first(), n, width, vectors.address(row), run, width, width, out.first());
                  for (int i = 0; i < n; i++) {
                    products.get(i * run, scores, 0, run);
                    visitor.visit(i, scores, run, row);
                  }
                  row = nextPassing(row + run);
                }
              }
            }
          });
    }
  }

  private int nextPassing(int row) {
    if (passing == null) {
      return row;
    }
    int next = passing.nextSetBit(row);
    return next < 0 ? Integer.MAX_VALUE : next;
  }
}
