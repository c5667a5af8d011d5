package org.efferent.retrieval.index;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Builds the graph of an approximate index with JVector, with scores by BLAS over the mapped
 * vectors.
 *
 * <p>JVector wants scores from 0 to 1. Cosines fit. For the inner product an embedding {@code x} is
 * thought to have one number more, {@code √(R² - ‖x‖²)} with the largest norm {@code R}, so that
 * all have norm R, and a query a zero there: the nearest then are those of the largest inner
 * product (Bachrach et al., RecSys 2014).
 */
final class GraphBuilding implements BuildScoreProvider {
  private static final float OVERFLOW = 1.2f;

  private final MappedVectors vectors;
  private final double radius;
  private final float[] extra;

  private GraphBuilding(MappedVectors vectors, Metric metric, double radius) {
    this.vectors = vectors;
    this.radius = metric == Metric.COSINE || radius == 0 ? 1 : radius;
    this.extra = metric == Metric.COSINE ? null : new float[vectors.rows()];
    if (extra != null) {
      float[] row = new float[vectors.width()];
      for (int r = 0; r < extra.length; r++) {
        vectors.read(r, row);
        double norm = Vectors.norm(row, 0, row.length);
        extra[r] = (float) Math.sqrt(Math.max(0, radius * radius - norm * norm));
      }
    }
  }

  /**
   * Builds.
   *
   * @param progress hears how many embeddings are in, now and then
   */
  // Its Builder asks management beans of the process whether there are levels; the constructor is
  // told.
  @SuppressWarnings("deprecation")
  static HnswGraph build(
      IndexFile file, ApproximateOptions options, int threads, IntConsumer progress) {
    MappedVectors vectors = file.vectors();
    GraphBuilding scores = new GraphBuilding(vectors, file.header().metric(), file.largestNorm());
    ForkJoinPool pool = new ForkJoinPool(threads);
    try (GraphIndexBuilder builder =
        new GraphIndexBuilder(
            scores,
            vectors.width(),
            options.degree(),
            options.buildBreadth(),
            OVERFLOW,
            options.alpha(),
            true,
            false,
            pool,
            pool)) {
      AtomicInteger next = new AtomicInteger();
      Workers.run(
          threads,
          () -> {
            for (int row = next.getAndIncrement();
                row < vectors.rows();
                row = next.getAndIncrement()) {
              builder.addGraphNode(row, scores.searchProviderFor(row));
              if ((row + 1) % 10_000 == 0) {
                progress.accept(row + 1);
              }
            }
          });
      builder.cleanup();
      return HnswGraph.copy(builder.getGraph(), vectors.rows(), vectors.width());
    } catch (IOException e) {
      throw new UncheckedIOException("a graph in memory was not closed", e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Scores of a query of any norm; larger is nearer, from 0 to 1 up to rounding. */
  static SearchScoreProvider query(
      FloatPointer query, double queryNorm, MappedVectors vectors, double radius) {
    FloatPointer[] cursors = vectors.cursors();
    double scale = queryNorm * radius;
    return of(
        row ->
            (float)
                (0.5
                    + 0.5
                        * Blas.dot(query, vectors.move(cursors, row), vectors.width())
                        / (scale == 0 ? 1 : scale)));
  }

  private static SearchScoreProvider of(ScoreFunction.ExactScoreFunction scores) {
    return new DefaultSearchScoreProvider(scores);
  }

  @Override
  public SearchScoreProvider searchProviderFor(int node) {
    FloatPointer mine = vectors.address(node);
    FloatPointer[] cursors = vectors.cursors();
    double scale = radius * radius;
    return of(
        row -> {
          double product = Blas.dot(mine, vectors.move(cursors, row), vectors.width());
          if (extra != null) {
            product += (double) extra[node] * extra[row];
          }
          return (float) (0.5 + 0.5 * product / scale);
        });
  }

  @Override
  public SearchScoreProvider diversityProviderFor(int node) {
    return searchProviderFor(node);
  }

  @Override
  public SearchScoreProvider searchProviderFor(VectorFloat<?> vector) {
    throw new UnsupportedOperationException("embeddings are added by their rows");
  }

  @Override
  public VectorFloat<?> approximateCentroid() {
    throw new UnsupportedOperationException("is asked for only where nodes are removed");
  }

  @Override
  public boolean isExact() {
    return true;
  }
}
