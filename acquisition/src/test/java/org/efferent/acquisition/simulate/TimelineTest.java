package org.efferent.acquisition.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.efferent.core.UsageException;
import org.junit.jupiter.api.Test;

class TimelineTest {

  @Test
  void samplesLieAtTheActualRate() {
    Timeline exact = new Timeline(250, 0);
    assertThat(exact.time(500)).isEqualTo(2);
    assertThat(exact.sampleAt(2)).isEqualTo(500);
    assertThat(exact.sampleAt(2.0000001)).isEqualTo(501);
    assertThat(exact.sampleAt(-3)).isZero();
    Timeline fast = new Timeline(250, 0, new StreamFaults(0, 0, 200), 1);
    assertThat(fast.nominalHz()).isEqualTo(250);
    assertThat(fast.time(250_000)).isCloseTo(1000 / 1.0002, within(1e-9));
    assertThat(new Timeline(20, 0.025).time(0)).isEqualTo(0.025);
  }

  @Test
  void rowsAreTheSamplesThatWereNotLost() {
    Timeline lossy = new Timeline(100, 0, new StreamFaults(0.5, 7, 0), 3);
    long before = -1;
    int gaps = 0;
    for (long row = 0; row < 43 * 200; row++) {
      long sample = lossy.sample(row);
      assertThat(lossy.row(sample)).isEqualTo(row);
      if (sample != before + 1) {
        // Two losses may touch at the border of their slots.
        assertThat((sample - before - 1) % 7).isZero();
        gaps += (int) ((sample - before - 1) / 7);
        for (long lost = before + 1; lost < sample; lost++) {
          assertThat(lossy.row(lost)).isEqualTo(row);
        }
      }
      long run = lossy.run(row);
      assertThat(lossy.sample(row + run - 1)).isEqualTo(sample + run - 1);
      assertThat(lossy.sample(row + run)).isGreaterThanOrEqualTo(sample + run);
      before = sample;
    }
    // One packet of 7 is lost of every 50 samples.
    assertThat(gaps).isBetween(199, 200);
    assertThat(lossy.sample(43 * 200)).isBetween(10_000L, 10_007L);
    assertThat(lossy.complete().sample(77)).isEqualTo(77);
    assertThat(lossy.complete().time(77)).isEqualTo(lossy.time(77));
  }

  @Test
  void impossibleFaultsAreRefused() {
    assertThatThrownBy(() -> new StreamFaults(1, 0, 0))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "losses need both a time between them and a number of samples; lossEverySeconds=1.0,"
                + " lossSamples=0");
    assertThatThrownBy(() -> new StreamFaults(-1, 1, 0))
        .hasMessage(
            "the time between losses must lie in 0 to 86400 seconds; lossEverySeconds=-1.0");
    assertThatThrownBy(() -> new StreamFaults(0, 0, Double.NaN))
        .hasMessage("a clock may be off by 100000 ppm at the most; clockPpm=NaN");
    assertThatThrownBy(() -> new Timeline(100, 0, new StreamFaults(0.1, 10, 0), 0))
        .isInstanceOf(UsageException.class)
        .hasMessage("losses must leave samples between them; 10 samples are lost of every 10");
  }
}
