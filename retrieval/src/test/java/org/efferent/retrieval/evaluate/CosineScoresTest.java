package org.efferent.retrieval.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.efferent.retrieval.Material;
import org.junit.jupiter.api.Test;

class CosineScoresTest {
  /** More than a tile and a stretch each way, and enough for the native product. */
  @Test
  void blocksAddUpToPlainCosines() {
    Embeddings queries = Material.random("q", 530, 4100, 1);
    Embeddings gallery = Material.random("g", 515, 4100, 2);
    CosineScores scores = CosineScores.of(queries, gallery);
    double[] block = new double[530 * 515];
    scores.read(0, 530, block);
    for (int[] pair : new int[][] {{0, 0}, {511, 511}, {512, 512}, {529, 514}, {3, 513}}) {
      assertThat(block[pair[0] * 515 + pair[1]])
          .isCloseTo(cosine(queries.row(pair[0]), gallery.row(pair[1])), within(1e-14));
    }
    double[] part = new double[2 * 515];
    scores.read(511, 2, part);
    assertThat(part[515 + 514]).isCloseTo(block[512 * 515 + 514], within(1e-14));
  }

  @Test
  void queriesMayKeepTheirLength() {
    Embeddings queries = Embeddings.of("q", new float[] {3, 4}, 2);
    Embeddings gallery = Embeddings.of("g", new float[] {2, 0, 0, 5}, 2);
    double[] scores = new double[2];
    CosineScores.ofUnnormalisedQueries(queries, gallery).read(0, 1, scores);
    assertThat(scores).containsExactly(new double[] {3, 4}, within(1e-15));
    CosineScores.of(queries, gallery).read(0, 1, scores);
    assertThat(scores).containsExactly(new double[] {0.6, 0.8}, within(1e-15));
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
