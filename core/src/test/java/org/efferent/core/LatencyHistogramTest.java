package org.efferent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

  @Test
  void quantilesLieWithinABucketOfTheExactOnes() {
    SplittableRandom random = new SplittableRandom(1);
    long[] values = new long[10_001];
    LatencyHistogram histogram = new LatencyHistogram();
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) Math.exp(random.nextDouble() * 25);
      histogram.record(values[i]);
    }
    Arrays.sort(values);
    for (double share : new double[] {0, 0.01, 0.5, 0.95, 0.99, 1}) {
      double exact = values[Math.max(0, (int) Math.ceil(share * values.length) - 1)];
      assertThat((double) histogram.quantileNanos(share))
          .isGreaterThanOrEqualTo(exact)
          .isCloseTo(exact, within(exact / 64 + 1));
    }
    assertThat(histogram.maxNanos()).isEqualTo(values[values.length - 1]);
    assertThat(histogram.count()).isEqualTo(values.length);
  }

  @Test
  void extremesAreCounted() {
    LatencyHistogram histogram = new LatencyHistogram();
    assertThat(histogram.quantileNanos(0.5)).isZero();
    histogram.record(-5);
    assertThat(histogram.quantileNanos(1)).isZero();
    histogram.record(Long.MAX_VALUE);
    assertThat(histogram.quantileNanos(1)).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> histogram.quantileNanos(1.1))
        .hasMessage("share must lie in 0..1; share=1.1");
  }
}
