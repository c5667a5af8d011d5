package org.efferent.retrieval.index;

import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.efferent.core.InputException;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;

/**
 * Scores of sequences that do not fit into memory, such as speech windows of 1,024 numbers × 343
 * times against 1,500 segments: {@code s_ij = ⟨q_i, y_j⟩ / (10⁻⁸ + ‖y_j‖)}, only the candidate is
 * normalised (Défossez et al., Nature Machine Intelligence 5, 2023, equation 2 and its published
 * code). Candidates lie outside the heap, all of them if they fit, else some at a time; queries are
 * read once, a block at a time. Products of up to 8,192 numbers are added up in single precision by
 * BLAS, these sums in double precision.
 */
public final class BlockedScores {
  private static final double EPSILON = 1e-8;
  private static final int MOST_QUERIES = 256;
  private static final int CANDIDATES = 128;
  private static final int INNER = 8192;

  private final EmbeddingSource queries;
  private final EmbeddingSource candidates;
  private final int width;
  private final int threads;
  private final int tile;
  private final int block;
  private final double[] norms;

  /**
   * How much a run may take.
   *
   * @param memoryBytes for queries and candidates together, 1 MB or more; the program itself and
   *     the scores of a block come on top
   * @param threads 1 or more
   */
  public record Options(long memoryBytes, int threads) {
    /** Checks the ranges. */
    public Options {
      if (memoryBytes < 1 << 20) {
        throw new UsageException(
            "memoryBytes must be at least 1048576; memoryBytes=" + memoryBytes);
      }
      if (threads < 1 || threads > 1024) {
        throw new UsageException("threads must be from 1 to 1024; threads=" + threads);
      }
    }
  }

  /** Hears the scores of a query. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Scores of one query against all candidates.
     *
     * @param query its row; they come in order
     * @param scores one a candidate; used again for the next query
     */
    void accept(long query, double[] scores);
  }

  private BlockedScores(EmbeddingSource queries, EmbeddingSource candidates, Options options) {
    this.queries = queries;
    this.candidates = candidates;
    this.width = queries.width();
    this.threads = options.threads();
    long rows = options.memoryBytes() / (4L * width);
    if (rows < 2) {
      throw new UsageException(
          "memoryBytes must hold a query and a candidate; memoryBytes=%d, a row=%d"
              .formatted(options.memoryBytes(), 4L * width));
    }
    this.block = (int) Math.max(1, Math.min(Math.min(queries.rows(), MOST_QUERIES), rows / 4));
    this.tile = (int) Math.min(candidates.rows(), rows - block);
    this.norms = new double[Math.toIntExact(candidates.rows())];
  }

  /**
   * Scores all queries against all candidates.
   *
   * @param queries a row each, as numbers × time or in any one order
   * @param candidates as wide
   * @param options of the run
   * @param listener hears each query's scores
   * @throws InputException if the widths differ or a row is not finite
   * @throws UnavailableException if the memory is not there or the native library does not load
   */
  public static void run(
      EmbeddingSource queries, EmbeddingSource candidates, Options options, Listener listener) {
    if (queries.width() != candidates.width()) {
      throw new InputException(
          "queries and candidates must be equally wide; queries=%d, candidates=%d; cut both to one length"
              .formatted(queries.width(), candidates.width()));
    }
    if (queries.rows() < 1 || candidates.rows() < 1) {
      throw new InputException(
          "there must be queries and candidates; queries=%d, candidates=%d"
              .formatted(queries.rows(), candidates.rows()));
    }
    Blas.require();
    new BlockedScores(queries, candidates, options).all(listener);
  }

  private void all(Listener listener) {
    int all = norms.length;
    double[] sums = new double[block * all];
    double[] scores = new double[all];
    try (NativeFloats left = new NativeFloats((long) block * width);
        NativeFloats right = new NativeFloats((long) tile * width)) {
      for (long from = 0; from < queries.rows(); from += block) {
        int count = (int) Math.min(block, queries.rows() - from);
        load(queries, "query", from, count, left, null);
        java.util.Arrays.fill(sums, 0);
        for (int first = 0; first < all; first += tile) {
          int some = Math.min(tile, all - first);
          if (from == 0 || tile < all) {
            load(candidates, "candidate", first, some, right, norms);
          }
          multiply(left, count, right, first, some, sums);
        }
        for (int i = 0; i < count; i++) {
          for (int j = 0; j < all; j++) {
            scores[j] = sums[i * all + j] / (EPSILON + norms[j]);
          }
          listener.accept(from + i, scores);
        }
      }
    }
  }

  private void load(
      EmbeddingSource source,
      String what,
      long from,
      int count,
      NativeFloats into,
      double[] normsOut) {
    AtomicInteger next = new AtomicInteger();
    Workers.run(
        threads,
        () -> {
          float[] row = new float[width];
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            source.read(from + i, row, 0);
            double norm = Vectors.norm(row, 0, width);
            if (!Double.isFinite(norm)) {
              throw new InputException(
                  "%s row %d: must be finite; its first number that is not is at %d"
                      .formatted(what, from + i, Vectors.firstNotFinite(row, 0, width)));
            }
            if (normsOut != null) {
              normsOut[(int) from + i] = norm;
            }
            into.at((long) i * width).put(row, 0, width);
          }
        });
  }

  /** Adds the products of a block of queries and a tile of candidates. */
  private void multiply(
      NativeFloats left, int count, NativeFloats right, int first, int some, double[] sums) {
    AtomicInteger next = new AtomicInteger();
    Workers.run(
        threads,
        () -> {
          float[] products = new float[CANDIDATES];
          try (NativeFloats out = new NativeFloats((long) count * CANDIDATES)) {
            FloatBuffer view = out.view();
            for (int c = next.getAndAdd(CANDIDATES); c < some; c = next.getAndAdd(CANDIDATES)) {
              int wide = Math.min(CANDIDATES, some - c);
              for (int at = 0; at < width; at += INNER) {
                int inner = Math.min(INNER, width - at);
                Blas.multiply(
                    left.at(at),
                    count,
                    width,
                    right.at((long) c * width + at),
                    wide,
                    width,
                    inner,
                    out.first());
                for (int i = 0; i < count; i++) {
                  view.get(i * wide, products, 0, wide);
                  add(products, wide, sums, i * norms.length + first + c);
                }
              }
            }
          }
        });
  }

  private static void add(float[] from, int count, double[] to, int at) {
    for (int i = 0; i < count; i++) {
      to[at + i] += from[i];
    }
  }
}
