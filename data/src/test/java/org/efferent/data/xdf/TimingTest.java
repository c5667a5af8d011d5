package org.efferent.data.xdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.efferent.core.ChannelInfo;
import org.junit.jupiter.api.Test;

class TimingTest {
  private static XdfHeader header(double rate, boolean canDrop) {
    return new XdfHeader(
        1,
        "s",
        "EEG",
        1,
        ChannelFormat.FLOAT32,
        rate,
        List.of(new ChannelInfo("1", "", "")),
        "",
        "",
        "",
        "",
        canDrop,
        "");
  }

  @Test
  void robustLineIgnoresOutliers() {
    double[] x = new double[50];
    double[] y = new double[50];
    for (int i = 0; i < 50; i++) {
      x[i] = 1e6 + 5 * i;
      y[i] = -300 + 1e-5 * (x[i] - 1e6) + (i % 10 == 3 ? 0.5 : 0);
    }
    RobustLine line = RobustLine.fit(x, y, 0, 50, 1e-4);
    assertThat(line.at(1e6)).isEqualTo(-300, within(2e-5));
    assertThat(line.slope()).isEqualTo(1e-5, within(1e-7));
    RobustLine flat = RobustLine.fit(new double[] {2, 2}, new double[] {5, 5}, 0, 2, 1e-4);
    assertThat(flat.slope()).isZero();
    assertThat(flat.at(7)).isEqualTo(5);
  }

  @Test
  void synchronisesByTheFittedOffset() {
    List<ClockOffset> offsets = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      offsets.add(new ClockOffset(100 + 5 * i, -90 + 1e-5 * i, 0));
    }
    double[] stamps = {100, 195, 120};
    assertThat(ClockSync.apply(stamps, offsets, true)).isEmpty();
    assertThat(stamps).containsExactly(new double[] {10, 105.00019, 30.00004}, within(1e-9));
  }

  @Test
  void givesEachStretchBetweenClockResetsItsOwnFit() {
    // The clock shows 5000 … 5100, restarts, and shows 10 … 110; the recorder's goes on.
    List<ClockOffset> offsets = new ArrayList<>();
    double[] stamps = new double[200];
    for (int second = 0; second < 200; second++) {
      boolean restarted = second >= 100;
      stamps[second] = restarted ? 10 + second - 100 : 5000 + second;
      if (second % 5 == 0) {
        double jitter = second % 2 * 1e-6;
        double offset = restarted ? 90 + jitter : -5000 + jitter;
        // Measurements stand in the file a little later than the samples of their time.
        int before = Math.min(200, second + 2);
        offsets.add(new ClockOffset(stamps[second], offset, before));
      }
    }
    double[] unhandled = stamps.clone();
    assertThat(ClockSync.apply(stamps, offsets, true)).containsExactly(100);
    for (int second = 0; second < 200; second++) {
      assertThat(stamps[second]).isEqualTo(second, within(1e-5));
    }
    assertThat(ClockSync.apply(unhandled, offsets, false)).isEmpty();
    assertThat(unhandled[150]).isNotCloseTo(150, within(1.0));
  }

  @Test
  void straightensStampsBetweenGaps() {
    Random random = new Random(1);
    double[] stamps = new double[2000];
    for (int i = 0; i < stamps.length; i++) {
      stamps[i] = 50 + i / 100.0 + (i >= 1200 ? 30 : 0) + 0.004 * random.nextGaussian();
    }
    double[] jittered = stamps.clone();
    Timing timing = Dejitter.apply(stamps, header(100, false), List.of(), XdfOptions.DEFAULTS);
    assertThat(timing.gaps()).isEqualTo(1);
    assertThat(timing.effectiveRateHz()).isEqualTo(100, within(0.05));
    for (int i = 0; i < stamps.length; i++) {
      double truth = 50 + i / 100.0 + (i >= 1200 ? 30 : 0);
      assertThat(stamps[i]).isEqualTo(truth, within(0.001));
    }
    double[] kept = jittered.clone();
    timing = Dejitter.apply(kept, header(100, true), List.of(), XdfOptions.DEFAULTS);
    assertThat(kept).containsExactly(jittered);
    assertThat(timing.gaps()).isEqualTo(1);
  }

  @Test
  void irregularAndShortStreamsHaveNoRate() {
    double[] stamps = {1, 2, 30};
    assertThat(Dejitter.apply(stamps, header(0, false), List.of(), XdfOptions.DEFAULTS))
        .isEqualTo(new Timing(0, 0, 0));
    assertThat(stamps).containsExactly(1, 2, 30);
    assertThat(Dejitter.apply(new double[] {4}, header(10, false), List.of(), XdfOptions.DEFAULTS))
        .isEqualTo(new Timing(0, 0, 0));
  }
}
