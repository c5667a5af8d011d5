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
    int m = gallery.rows();
    java.util.Arrays.fill(into, 0, count * m, 0);
    for (int q = 0; q < count; q += TILE) {
      int rows = Math.min(TILE, count - q);
      for (int from = 0; from < queries.width(); from += stretch.length) {
        int length = Math.min(stretch.length, queries.width() - from);
        fill(queries, first + q, rows, from, length, left);
        for (int c = 0; c < m; c += TILE) {
          addTile(rows, c, Math.min(TILE, m - c), from, length, into, q * m);
        }
      }
    }
    for (int i = 0; i < count; i++) {
      double own = normalised ? queryNorms[first + i] : 1;
      for (int c = 0; c < m; c++) {
        into[i * m + c] /= own * galleryNorms[c];
      }
    }
  }

  /** Adds what a stretch of the rows gives to a tile of the scores. */
  private void addTile(
      int rows, int candidate, int n, int from, int length, double[] into, int at) {
    java.util.Arrays.fill(product, 0, rows * n, 0);
    fill(gallery, candidate, n, from, length, right);
    if (natively) {
      Products.natively(left, right, product, rows, n, length);
    } else {
      Products.inJava(left, right, product, rows, n, length);
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < n; j++) {
        into[at + i * gallery.rows() + candidate + j] += product[i * n + j];
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
