package org.efferent.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.efferent.core.Chunk;
import org.junit.jupiter.api.Test;

class ZScoreTest {

  @Test
  void rowsAndChunksAreCentredAndScaledAlike() {
    double[][] rows = {{1, 5, 2}, {3, 5, 4}, {5, 5, 9}};
    ZScore z = ZScore.fit(rows);
    assertThat(z.apply(rows[0])).containsExactly(new double[] {-1, 0, -0.8320503}, within(1e-6));
    assertThat(rows[0]).containsExactly(1, 5, 2);
    Chunk chunk = new Chunk(2, 3);
    chunk.append(0, rows[1], 0);
    chunk.append(0, rows[2], 0);
    z.apply(chunk);
    double[] expected = new double[6];
    System.arraycopy(z.apply(rows[1]), 0, expected, 0, 3);
    System.arraycopy(z.apply(rows[2]), 0, expected, 3, 3);
    assertThat(chunk.values()).containsExactly(expected);
  }

  @Test
  void oneRowIsTooFew() {
    assertThatThrownBy(() -> ZScore.fit(new double[][] {{1, 2}}))
        .hasMessage("a z-score needs at least two calibration rows; rows=1");
  }
}
