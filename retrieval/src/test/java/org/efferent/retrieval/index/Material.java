package org.efferent.retrieval.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Embeddings that tests are made of, with a search by plain loops. */
final class Material {
  final int width;
  final float[] values;
  final List<String> ids = new ArrayList<>();
  final double[] subject;
  final String[] kind;

  Material(int rows, int width, long seed) {
    this.width = width;
    Random random = new Random(seed);
    float[][] centres = new float[20][width];
    for (float[] centre : centres) {
      fill(centre, 0, width, random, 1);
    }
    values = new float[rows * width];
    subject = new double[rows];
    kind = new String[rows];
    for (int r = 0; r < rows; r++) {
      fill(values, r * width, width, random, 0.5f);
      for (int i = 0; i < width; i++) {
        values[r * width + i] += centres[r % 20][i];
      }
      ids.add("p" + r);
      subject[r] = r % 11 == 0 ? Double.NaN : r % 5;
      kind[r] = r % 7 == 0 ? null : List.of("train", "test", "it's; \"odd\" --").get(r % 3);
    }
  }

  private static void fill(float[] into, int at, int width, Random random, float scale) {
    for (int i = 0; i < width; i++) {
      into[at + i] = scale * (float) random.nextGaussian();
    }
  }

  int rows() {
    return ids.size();
  }

  Entries entries() {
    return new Entries(EmbeddingSource.of(values, width), ids, metadata());
  }

  Metadata metadata() {
    return Metadata.of(
        List.of(
            new Metadata.Numbers("subject", subject),
            Metadata.Texts.of("kind", Arrays.asList(kind))));
  }

  /** Queries near some of the rows. */
  float[] queries(int n, long seed) {
    Random random = new Random(seed);
    float[] queries = new float[n * width];
    for (int q = 0; q < n; q++) {
      int row = random.nextInt(rows());
      for (int i = 0; i < width; i++) {
        queries[q * width + i] = values[row * width + i] + 0.1f * (float) random.nextGaussian();
      }
    }
    return queries;
  }

  /** The ids of the k best of those that pass, by scores of the embeddings as given. */
  List<String> nearest(float[] queries, int q, int k, Metric metric, IntPredicate passes) {
    double[] scores = new double[rows()];
    for (int r = 0; r < rows(); r++) {
      double product = 0;
      double left = 0;
      double right = 0;
      for (int i = 0; i < width; i++) {
        double a = queries[q * width + i];
        double b = values[r * width + i];
        product += a * b;
        left += a * a;
        right += b * b;
      }
      scores[r] = metric == Metric.COSINE ? product / Math.sqrt(left * right) : product;
    }
    return IntStream.range(0, rows())
        .filter(passes)
        .boxed()
        .sorted((a, b) -> Double.compare(scores[b], scores[a]))
        .limit(k)
        .map(ids::get)
        .toList();
  }
}
