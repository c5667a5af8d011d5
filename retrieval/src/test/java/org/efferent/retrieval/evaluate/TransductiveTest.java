package org.efferent.retrieval.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.efferent.retrieval.Material;
import org.junit.jupiter.api.Test;

class TransductiveTest {
  /** Every score by hand where the ten nearest are all there are. */
  @Test
  void cslsTakesOffTheMeansOfBothSides() {
    Embeddings queries = Embeddings.of("q", new float[] {1, 0, 0, 1}, 2);
    Embeddings gallery = Embeddings.of("g", new float[] {1, 0, 3, 4, 0, 2}, 2);
    // Cosines: 1, .6, 0; 0, .8, 1. Means: queries 1.6/3, 1.8/3; candidates .5, .7, .5.
    double[] scores = Transductive.CSLS.scores(queries, gallery).all();
    double a = 1.6 / 3;
    double b = 1.8 / 3;
    double[] expected = {
      2 - a - 0.5, 1.2 - a - 0.7, -a - 0.5, -b - 0.5, 1.6 - b - 0.7, 2 - b - 0.5
    };
    assertThat(scores).containsExactly(expected, within(1e-7));
  }

  @Test
  void sinkhornSharesCandidatesOut() {
    int n = 40;
    Embeddings gallery = Material.random("g", n, 16, 1);
    ScoreSource scores =
        Transductive.SINKHORN.scores(
            Material.noisy(gallery, IntStream.range(0, n).toArray(), 2, 2), gallery);
    double[] logs = scores.all();
    double[] column = new double[n];
    for (int q = 0; q < n; q++) {
      double sum = 0;
      for (int c = 0; c < n; c++) {
        sum += Math.exp(logs[q * n + c]);
      }
      for (int c = 0; c < n; c++) {
        column[c] += Math.exp(logs[q * n + c]) / sum;
      }
    }
    assertThat(column)
        .containsExactly(IntStream.range(0, n).mapToDouble(i -> 1).toArray(), within(0.01));
  }

  /** A hub: what all embeddings share draws every query to one candidate. */
  @Test
  void eachMendsHubsAndSaysThatItIsTransductive() {
    int n = 60;
    int width = 32;
    float[] values = Material.noise(n * width, 3);
    Embeddings gallery = Embeddings.of("g", values, width);
    Embeddings noisy = Material.noisy(gallery, IntStream.range(0, n).toArray(), 0.9, 4);
    float[] shifted = new float[n * width];
    for (int q = 0; q < n; q++) {
      float[] row = noisy.row(q);
      for (int i = 0; i < width; i++) {
        shifted[q * width + i] = row[i] + 0.8f * values[i];
      }
    }
    Embeddings queries = Embeddings.of("q", shifted, width);
    Truth truth = Truth.sameRow(n, n);
    Ranks plain = Ranks.of(Transductive.NONE.scores(queries, gallery), truth);
    assertThat(plain.mostFrequentAnswerShare()).isGreaterThan(0.2);
    assertThat(Transductive.NONE.describe()).doesNotContain("transductive");
    for (Transductive one :
        new Transductive[] {Transductive.CSLS, Transductive.SINKHORN, Transductive.Z}) {
      Ranks mended = Ranks.of(one.scores(queries, gallery), truth);
      assertThat(mended.mostFrequentAnswerShare())
          .as(one.name())
          .isLessThan(plain.mostFrequentAnswerShare() / 2);
      assertThat(RetrievalFigures.of(mended).top().get(1))
          .as(one.name())
          .isGreaterThan(RetrievalFigures.of(plain).top().get(1) + 0.03);
      assertThat(one.describe()).startsWith("transductive");
    }
  }
}
