package org.efferent.retrieval.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.efferent.core.UsageException;

/** What exact and approximate indexes over a file have in common. */
abstract sealed class FileIndex implements EmbeddingIndex permits ExactIndex, ApproximateIndex {
  /** Up to so many rows, each is scored in double precision right away. */
  private static final int FEW = 1024;

  private static final double LARGEST_PRODUCT = 1e37;

  private final IndexFile file;
  private final int threads;
  private boolean open = true;

  FileIndex(IndexFile file, int threads) {
    if (threads < 1 || threads > 1024) {
      throw new UsageException("threads must be from 1 to 1024; threads=" + threads);
    }
    Blas.require();
    this.file = file;
    this.threads = threads;
  }

  IndexFile file() {
    return file;
  }

  int threads() {
    return threads;
  }

  @Override
  public final int width() {
    return file.header().width();
  }

  @Override
  public final long size() {
    return file.header().count();
  }

  @Override
  public final Metric metric() {
    return file.header().metric();
  }

  /** Names of the columns of metadata. */
  public final List<String> columns() {
    return List.copyOf(file.header().columns().keySet());
  }

  /**
   * Compares the whole file with the hash at its end.
   *
   * @throws org.efferent.core.InputException if it is not what was written
   */
  public final void verify() {
    file.verify();
  }

  @Override
  public final Hits search(float[] queries, int n, int k, Filter filter) {
    if (!open) {
      throw new IllegalStateException(file.path() + ": the index is closed");
    }
    Queries checked = Queries.check(this, queries, n, k);
    for (int q = 0; q < n; q++) {
      if (checked.scale(q) * file.largestNorm() > LARGEST_PRODUCT) {
        throw new UsageException(
            "query row %d: products must stay below 1e37; norm=%s, largest norm of the index=%s; scale both down"
                .formatted(q, checked.scale(q), file.largestNorm()));
      }
    }
    BitSet passing =
        filter.equals(Filter.ALL) ? null : file.metadata().select(filter, (int) size());
    int candidates = passing == null ? (int) size() : passing.cardinality();
    if (candidates <= FEW) {
      return few(checked, passing, k);
    }
    return many(checked, passing, candidates, k);
  }

  /** Searches among more than a few. */
  abstract Hits many(Queries queries, BitSet passing, int candidates, int k);

  final Hits exactly(Queries queries, BitSet passing, int k) {
    ExactScan scan = new ExactScan(file, threads, passing);
    List<List<Hits.Hit>> hits = new ArrayList<>();
    for (int from = 0; from < queries.count(); from += ExactScan.MOST_QUERIES) {
      int to = Math.min(queries.count(), from + ExactScan.MOST_QUERIES);
      hits.addAll(scan.search(queries, from, to, k));
    }
    return new Hits(hits);
  }

  private Hits few(Queries queries, BitSet passing, int k) {
    List<Best> best = new ArrayList<>();
    for (int q = 0; q < queries.count(); q++) {
      best.add(new Best(k, file.ids()::get));
    }
    float[] row = new float[width()];
    for (int r = next(passing, 0); r >= 0 && r < size(); r = next(passing, r + 1)) {
      file.vectors().read(r, row);
      for (int q = 0; q < queries.count(); q++) {
        best.get(q).add(r, queries.score(q, row));
      }
    }
    return new Hits(best.stream().map(Best::hits).toList());
  }

  private static int next(BitSet passing, int from) {
    return passing == null ? from : passing.nextSetBit(from);
  }

  /** Lets the file go; the platform frees its pages when it collects garbage. */
  @Override
  public final void close() {
    open = false;
  }
}
