package org.efferent.decoders.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WindowEditsTest {
  private static float[] sines(int time, double rateHz, double... hz) {
    float[] out = new float[hz.length * time];
    for (int c = 0; c < hz.length; c++) {
      for (int t = 0; t < time; t++) {
        out[c * time + t] = (float) Math.sin(2 * Math.PI * hz[c] * t / rateHz);
      }
    }
    return out;
  }

  @Test
  void channelsAndTimesFallSilent() {
    float[] window = {1, 2, 3, 4, 5, 6};
    WindowEdits.without(new boolean[] {false, true}).apply(window, 2, 3);
    assertThat(window).containsExactly(1, 2, 3, 0, 0, 0);
    float[] stretch = {1, 2, 3, 4, 5, 6};
    WindowEdits.during(1, 2).apply(stretch, 2, 3);
    assertThat(stretch).containsExactly(0, 2, 0, 0, 5, 0);
    float[] tail = {1, 2, 3};
    WindowEdits.during(2, 9).apply(tail, 1, 3);
    assertThat(tail).containsExactly(0, 0, 3);
    assertThatThrownBy(() -> WindowEdits.without(new boolean[3]).apply(new float[4], 2, 2))
        .hasMessage("one entry a channel is needed; entries=3, channels=2");
    assertThatThrownBy(() -> WindowEdits.during(2, 2))
        .hasMessage("a stretch must not be empty; from=2, to=2");
  }

  @Test
  void aBandKeepsItsFrequenciesAndNoOthers() {
    for (int time : new int[] {100, 101}) {
      double step = 100.0 / time;
      float[] window = sines(time, 100, 10 * step, 30 * step);
      float[] before = window.clone();
      WindowEdits.band(100, 8, 13).apply(window, 2, time);
      for (int t = 0; t < time; t++) {
        assertThat(window[t]).isCloseTo(before[t], within(1e-5f));
        assertThat(window[time + t]).isCloseTo(0, within(1e-5f));
      }
    }
    assertThatThrownBy(() -> WindowEdits.band(100, 13, 8))
        .hasMessage("a band must be of rising frequencies; lowHz=13.0, highHz=8.0, rateHz=100.0");
  }

  @Test
  void noiseKeepsNothingOfTheWindowNotEvenItsPower() {
    float[] loud = sines(4000, 100, 7);
    for (int t = 0; t < 4000; t++) {
      loud[t] = 50 * loud[t] + 3;
    }
    float[] quiet = new float[4000];
    WindowEdits.noise(1).apply(loud, 1, 4000);
    WindowEdits.noise(1).apply(quiet, 1, 4000);
    assertThat(loud).as("the same draws, whatever the window was").isEqualTo(quiet);
    var noise = WindowEdits.noise(1);
    noise.apply(quiet, 1, 4000);
    noise.apply(loud, 1, 4000);
    assertThat(loud).as("each window draws anew").isNotEqualTo(quiet);
    double mean = 0;
    double square = 0;
    for (int t = 0; t < 4000; t++) {
      mean += loud[t] / 4000.0;
      square += loud[t] * loud[t] / 4000.0;
    }
    assertThat(mean).isCloseTo(0, within(0.06));
    assertThat(square).isCloseTo(1, within(0.1));
  }

  @Test
  void aShiftGoesRound() {
    float[] window = {1, 2, 3, 4, 5, 6};
    WindowEdits.shifted(1).apply(window, 2, 3);
    assertThat(window).containsExactly(2, 3, 1, 5, 6, 4);
    WindowEdits.shifted(-1).apply(window, 2, 3);
    assertThat(window).containsExactly(1, 2, 3, 4, 5, 6);
  }
}
