package org.efferent.decoders.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.efferent.core.InputException;
import org.efferent.decoders.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SincResamplerTest {
  @ParameterizedTest
  @CsvSource({"1000,120,24", "128,120,24", "100,250,24", "250,120,6"})
  void itIsThePublishedResampler(int from, int to, int zeros) {
    try (Golden golden = new Golden(SincResamplerTest.class, "preprocess.npz")) {
      double[] x = golden.get("signal");
      SincResampler resampler = new SincResampler(from, to, zeros, 0.945);

      golden.check("resampled_" + from + "_" + to, resampler.apply(x, 2), 1e-12);

      Random random = new Random(2);
      ResamplerStream stream = resampler.stream(2);
      for (int pass = 0; pass < 3; pass++) {
        List<Double> out = new ArrayList<>();
        for (int row = 0; row < 700; ) {
          int rows = Math.min(700 - row, pass == 0 ? 1 : random.nextInt(40));
          double[] chunk = Arrays.copyOfRange(x, row * 2, (row + rows) * 2);
          Arrays.stream(stream.push(chunk, rows)).forEach(out::add);
          row += rows;
          // Output i is there once the input of its time plus the delay is.
          double ready = ((row - 1) / (double) from - resampler.delaySeconds()) * to;
          assertThat(stream.made()).isGreaterThanOrEqualTo((long) Math.floor(ready) + 1);
        }
        Arrays.stream(stream.flush()).forEach(out::add);
        assertThat(out.stream().mapToDouble(v -> v).toArray()).isEqualTo(resampler.apply(x, 2));
      }
    }
  }

  @Test
  void theDelayIsAsDocumentedAndConstantsStay() {
    assertThat(new SincResampler(1000, 120).delaySeconds()).isCloseTo(0.2116, within(1e-4));
    assertThat(new SincResampler(1000, 120, 6, 0.945).delaySeconds())
        .isCloseTo(0.0529, within(1e-4));
    double[] ones = new double[333];
    Arrays.fill(ones, 1);
    for (double value : new SincResampler(1000, 120).apply(ones, 1)) {
      assertThat(value).isCloseTo(1, within(1e-14));
    }
    assertThat(new SincResampler(120, 120).apply(ones, 1)).isEqualTo(ones);
  }

  @Test
  void aSlowSineKeepsItsPlaceAndAFastOneGoes() {
    double[] slow = new double[4000];
    double[] fast = new double[4000];
    for (int t = 0; t < 4000; t++) {
      slow[t] = Math.sin(2 * Math.PI * 10 * t / 1000);
      fast[t] = Math.sin(2 * Math.PI * 80 * t / 1000);
    }
    SincResampler resampler = new SincResampler(1000, 120);
    double[] low = resampler.apply(slow, 1);
    double[] high = resampler.apply(fast, 1);
    for (int i = 60; i < 420; i++) {
      assertThat(low[i]).isCloseTo(Math.sin(2 * Math.PI * 10 * i / 120), within(1e-3));
      assertThat(high[i]).isCloseTo(0, within(1e-3));
    }
  }

  @Test
  void ratesAreWhole() {
    assertThatThrownBy(() -> SincResampler.of(1017.25, 120))
        .isInstanceOf(InputException.class)
        .hasMessage("a rate must be a whole number of hertz to be resampled; rate=1017.25");
    assertThat(SincResampler.of(1000, 120).outputRows(3001)).isEqualTo(360);
  }
}
