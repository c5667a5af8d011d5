package org.efferent.retrieval.evaluate;

import org.efferent.core.InputException;

/**
 * Cosines of queries and gallery, added up in double precision, block by block: rows of both are
 * read in stretches, so that neither need fit into memory. Or, for probabilities over candidates
 * (Défossez et al. 2023, eq. 2), inner products with candidates of length one: the query's own
 * length then says how sure it is. One thread at a time uses it.
 */
public final class CosineScores implements ScoreSource {
  /** Of cosines: twelve digits, well above the rounding of sums in double precision. */
  private static final double TIE = 1e-12;

  private static final int TILE = 512;
  private static final int STRETCH = 4096;

  /** Up to so many multiplications Java does it, and nothing native is loaded. */
  private static final long SMALL = 200_000_000;

  private final Embeddings queries;
  private final Embeddings gallery;
  private final double[] queryNorms;
  private final double[] galleryNorms;
  private final boolean normalised;
  private final double tie;
  private final boolean natively;
  private final double[] left;
  private final double[] right;
  private final double[] product;
  private final float[] stretch;

  private CosineScores(Embeddings queries, Embeddings gallery, boolean normalised) {
    if (queries.width() != gallery.width()) {
      throw new InputException(
          "queries and gallery must have embeddings of one width; %s has %d, %s has %d; encode both with the same encoder"
              .formatted(queries.name(), queries.width(), gallery.name(), gallery.width()));
    }
    this.queries = queries;
    this.gallery = gallery;
    this.queryNorms = queries.norms();
    this.galleryNorms = gallery.norms();
    this.normalised = normalised;
    double longest = 0;
    for (double norm : queryNorms) {
      longest = Math.max(longest, norm);
    }
    this.tie = normalised ? TIE : TIE * longest;
    long work = (long) queries.rows() * gallery.rows() * queries.width();
    this.natively = work > SMALL && Products.isNative();
    int length = Math.min(STRETCH, queries.width());
    int m = Math.min(TILE, queries.rows());
    int n = Math.min(TILE, gallery.rows());
    this.left = new double[m * length];
    this.right = new double[n * length];
    this.product = new double[m * n];
    this.stretch = new float[length];
  }

  /**
   * Cosines.
   *
   * @param queries {@code [n × width]}
   * @param gallery {@code [m × width]}
   * @return scores from −1 to 1
   * @throws InputException if the widths differ, or a row is not finite or all zeros
   */
  public static CosineScores of(Embeddings queries, Embeddings gallery) {
    return new CosineScores(queries, gallery, true);
  }

  /**
   * Inner products with candidates of length one; queries keep their length. The ranks are those of
   * cosines.
   *
   * @param queries {@code [n × width]}
   * @param gallery {@code [m × width]}
   * @return scores
   * @throws InputException as {@link #of}
   */
  public static CosineScores ofUnnormalisedQueries(Embeddings queries, Embeddings gallery) {
    return new CosineScores(queries, gallery, false);
  }

  @Override
  public int queries() {
    return queries.rows();
  }

  @Override
  public int candidates() {
    return gallery.rows();
  }

  @Override
  public double tie() {
    return tie;
  }

  @Override
  public void read(int first, int count, double[] into) {
    for (int q = 0; q < count; q += TILE) {
      int m = Math.min(TILE, count - q);
      for (int c = 0; c < gallery.rows(); c += TILE) {
        tile(first + q, m, c, Math.min(TILE, gallery.rows() - c), into, q * gallery.rows());
      }
    }
  }

  /** Scores {@code [m × n]} of a tile into rows of all candidates. */
  private void tile(int query, int m, int candidate, int n, double[] into, int at) {
    java.util.Arrays.fill(product, 0, m * n, 0);
    for (int from = 0; from < queries.width(); from += stretch.length) {
      int length = Math.min(stretch.length, queries.width() - from);
      fill(queries, query, m, from, length, left);
      fill(gallery, candidate, n, from, length, right);
      if (natively) {
        Products.natively(left, right, product, m, n, length);
      } else {
        Products.inJava(left, right, product, m, n, length);
      }
    }
    for (int i = 0; i < m; i++) {
      double own = normalised ? queryNorms[query + i] : 1;
      for (int j = 0; j < n; j++) {
        into[at + i * gallery.rows() + candidate + j] =
            product[i * n + j] / (own * galleryNorms[candidate + j]);
      }
    }
  }

  private void fill(Embeddings rows, int first, int count, int from, int length, double[] into) {
    for (int r = 0; r < count; r++) {
      rows.read(first + r, from, length, stretch, 0);
      for (int i = 0; i < length; i++) {
        into[r * length + i] = stretch[i];
      }
    }
  }
}
