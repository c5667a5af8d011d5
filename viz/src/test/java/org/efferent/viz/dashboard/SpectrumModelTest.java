package org.efferent.viz.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.efferent.core.StreamInfo;
import org.junit.jupiter.api.Test;

final class SpectrumModelTest {
  private static final double RATE = 256;
  private static final StreamInfo INFO = Streams.info(RATE, 2);

  /** Ten units at 20 Hz; two at 40 Hz. */
  private static double sine(int row, int channel) {
    return channel == 0
        ? 10 * Math.sin(2 * Math.PI * 20 * row / RATE)
        : 2 * Math.cos(2 * Math.PI * 40 * row / RATE) + 100;
  }

  @Test
  void aSineHasItsPowerAtItsFrequency() {
    SpectrumModel model = new SpectrumModel(INFO, 8);
    model.feed(Streams.rows(INFO, 0, 4_000, SpectrumModelTest::sine));
    SpectrumSnapshot s = model.snapshot();
    assertThat(s.segments()).isEqualTo(8);
    assertThat(s.binHz()).isEqualTo(0.5);
    assertThat(peakHz(s, 0)).isEqualTo(20);
    assertThat(peakHz(s, 1)).isEqualTo(40);
    // The integral of a sine's spectrum is half its squared amplitude.
    assertThat(power(s, 0)).isCloseTo(50, offset(0.01));
    assertThat(power(s, 1)).isCloseTo(2, offset(0.01));
  }

  private static double peakHz(SpectrumSnapshot s, int channel) {
    int best = 0;
    for (int k = 0; k < s.bins(); k++) {
      best = s.decibels(channel, k) > s.decibels(channel, best) ? k : best;
    }
    return best * s.binHz();
  }

  private static double power(SpectrumSnapshot s, int channel) {
    double sum = 0;
    for (int k = 0; k < s.bins(); k++) {
      float db = s.decibels(channel, k);
      sum += Float.isNaN(db) ? 0 : Math.pow(10, db / 10.0) * s.binHz();
    }
    return sum;
  }

  @Test
  void aSegmentWithNaNDoesNotCount() {
    SpectrumModel model = new SpectrumModel(INFO, 2);
    model.feed(Streams.rows(INFO, 0, 512, (r, c) -> r == 100 && c == 0 ? Double.NaN : sine(r, c)));
    SpectrumSnapshot s = model.snapshot();
    assertThat(s.decibels(0, 40)).isNaN();
    assertThat(s.decibels(1, 80)).isNotNaN();
  }

  @Test
  void withoutARateThereIsNoSpectrum() {
    StreamInfo none = Streams.info(0, 1);
    SpectrumModel model = new SpectrumModel(none, 2);
    model.feed(Streams.rows(INFO, 0, 10, SpectrumModelTest::sine));
    assertThat(model.snapshot().bins()).isZero();
    assertThat(new SpectrogramModel(none, 10).snapshot().columns()).isZero();
  }

  @Test
  void theSpectrogramFollowsAChange() {
    SpectrogramModel model = new SpectrogramModel(INFO, 10);
    model.feed(
        Streams.rows(
            INFO, 0, 5_120, (r, c) -> Math.sin(2 * Math.PI * (r < 3_840 ? 10 : 30) * r / RATE)));
    SpectrogramSnapshot s = model.snapshot();
    assertThat(s.columns()).isEqualTo(s.capacity());
    assertThat(loudest(s, 0)).isEqualTo(10);
    assertThat(loudest(s, s.columns() - 1)).isEqualTo(30);
    model.select(1);
    assertThat(model.snapshot().columns()).isZero();
  }

  private static double loudest(SpectrogramSnapshot s, int column) {
    int best = 1;
    for (int k = 1; k < s.bins(); k++) {
      best = s.decibels(column, k) > s.decibels(column, best) ? k : best;
    }
    return best * s.binHz();
  }
}
