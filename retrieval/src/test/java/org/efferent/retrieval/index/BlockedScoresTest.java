package org.efferent.retrieval.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockedScoresTest {
  private static final int WIDTH = 20_011;

  private static float[] numbers(int count, long seed) {
    Random random = new Random(seed);
    float[] out = new float[count];
    for (int i = 0; i < count; i++) {
      out[i] = 3 + (float) random.nextGaussian();
    }
    return out;
  }

  /** All candidates at once, and a few at a time. */
  @ParameterizedTest
  @ValueSource(longs = {1 << 28, 3L << 20, 1 << 20})
  void scoresAreThoseOfPlainLoops(long memory) {
    float[] q = numbers(23 * WIDTH, 1);
    float[] y = numbers(141 * WIDTH, 2);
    List<Long> rows = new ArrayList<>();
    BlockedScores.run(
        EmbeddingSource.of(q, WIDTH),
        EmbeddingSource.of(y, WIDTH),
        new BlockedScores.Options(memory, 2),
        (row, scores) -> {
          rows.add(row);
          assertThat(scores).hasSize(141);
          for (int j = 0; j < 141; j += 7) {
            double product = 0;
            double square = 0;
            for (int i = 0; i < WIDTH; i++) {
              product += (double) q[(int) row * WIDTH + i] * y[j * WIDTH + i];
              square += (double) y[j * WIDTH + i] * y[j * WIDTH + i];
            }
            double expected = product / (1e-8 + Math.sqrt(square));
            assertThat(scores[j]).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
          }
        });
    assertThat(rows).hasSize(23).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void badRowsAndSizesAreSaid() {
    EmbeddingSource three = EmbeddingSource.of(new float[] {1, 2, 3, 4, Float.NaN, 6}, 3);
    EmbeddingSource two = EmbeddingSource.of(new float[] {1, 2, 0, 0}, 2);
    BlockedScores.Options options = new BlockedScores.Options(1 << 20, 2);
    assertThatThrownBy(() -> BlockedScores.run(three, two, options, (q, s) -> {}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "queries and candidates must be equally wide; queries=3, candidates=2; cut both to one"
                + " length");
    assertThatThrownBy(() -> BlockedScores.run(three, three, options, (q, s) -> {}))
        .isInstanceOf(InputException.class)
        .hasMessage("query row 1: must be finite; its first number that is not is at 1");
    assertThatThrownBy(() -> new BlockedScores.Options(5, 1))
        .isInstanceOf(UsageException.class)
        .hasMessage("memoryBytes must be at least 1048576; memoryBytes=5");
    // A candidate of zeros scores zero.
    BlockedScores.run(two, two, options, (q, s) -> assertThat(s[1]).isZero());
  }
}
