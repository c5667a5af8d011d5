package org.efferent.decoders.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.efferent.core.Chunk;
import org.efferent.core.InputException;
import org.efferent.decoders.Golden;
import org.efferent.decoders.preprocess.NoiseWhitening.Over;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePreparationTest {
  private static Epochs epochs(Golden golden) {
    return new Epochs(golden.get("epochs"), 4, 30, 250, 0);
  }

  private static int[] conditions(Golden golden) {
    return Arrays.stream(golden.get("conditions")).mapToInt(v -> (int) v).toArray();
  }

  @ParameterizedTest
  @CsvSource({"none,NONE", "lw,LEDOIT_WOLF", "auto,LEDOIT_WOLF_STANDARDISED"})
  void covariancesAndWhiteningAreScikitLearns(String name, Shrinkage shrinkage) {
    try (Golden golden = new Golden(ImagePreparationTest.class, "preprocess.npz")) {
      Epochs epochs = epochs(golden);
      double[] x = new double[30 * 4];
      for (int t = 0; t < 30; t++) {
        for (int c = 0; c < 4; c++) {
          x[t * 4 + c] = epochs.values()[c * 30 + t];
        }
      }
      golden.check("cov_" + name, shrinkage.covariance(x, 30, 4), 1e-12);
      for (Over over : Over.values()) {
        NoiseWhitening whitening = NoiseWhitening.fit(epochs, conditions(golden), over, shrinkage);
        String which = over == Over.TIME ? "time" : "epochs";
        golden.check("white_" + name + "_" + which, whitening.matrix(), 1e-10);
      }
    }
  }

  @Test
  void whitenedNoiseIsWhiteAndAStreamGivesTheSame() {
    try (Golden golden = new Golden(ImagePreparationTest.class, "preprocess.npz")) {
      Epochs epochs = epochs(golden);
      NoiseWhitening whitening =
          NoiseWhitening.fit(epochs, new int[9], Over.EPOCHS, Shrinkage.NONE);

      Epochs white = whitening.apply(epochs);

      // The mean covariance over epochs of what is whitened is the identity.
      double[] mean = new double[16];
      for (int e = 0; e < 9; e++) {
        double[] x = new double[30 * 4];
        for (int i = 0; i < x.length; i++) {
          x[i % 30 * 4 + i / 30] = white.epoch(e)[i];
        }
        double[] covariance = Shrinkage.NONE.covariance(x, 30, 4);
        for (int i = 0; i < 16; i++) {
          mean[i] += covariance[i] / 9;
        }
      }
      for (int i = 0; i < 16; i++) {
        assertThat(mean[i]).isCloseTo(i % 5 == 0 ? 1 : 0, within(1e-12));
      }
      Chunk chunk = new Chunk(1, 4);
      double[] row = new double[4];
      for (int c = 0; c < 4; c++) {
        row[c] = epochs.epoch(3)[c * 30 + 7];
      }
      chunk.append(0, row, 0);
      whitening.transform().apply(chunk);
      for (int c = 0; c < 4; c++) {
        assertThat(chunk.values()[c]).isCloseTo(white.epoch(3)[c * 30 + 7], within(1e-13));
      }
    }
  }

  @Test
  void aSingularCovarianceIsRefusedWithARemedy() {
    double[] values = new double[2 * 3 * 10];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(i * i);
    }
    // The third channel is the sum of the first two.
    for (int e = 0; e < 2; e++) {
      for (int t = 0; t < 10; t++) {
        values[e * 30 + 20 + t] = values[e * 30 + t] + values[e * 30 + 10 + t];
      }
    }
    Epochs epochs = new Epochs(values, 3, 10, 250, 0);
    assertThatThrownBy(() -> NoiseWhitening.fit(epochs, new int[2], Over.EPOCHS, Shrinkage.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("the noise covariance is singular, as after an average reference")
        .hasMessageEndingWith(": choose a shrinkage");
    assertThat(NoiseWhitening.fit(epochs, new int[2], Over.EPOCHS, Shrinkage.LEDOIT_WOLF).matrix())
        .doesNotContain(Double.NaN);
    Arrays.fill(values, 10, 20, 5);
    Arrays.fill(values, 40, 50, 5);
    assertThatThrownBy(
            () ->
                NoiseWhitening.fit(
                    epochs, new int[2], Over.EPOCHS, Shrinkage.LEDOIT_WOLF_STANDARDISED))
        .hasMessage("a constant channel cannot be whitened; channel=1: leave it out");
    values[30 + 20] = Double.NaN;
    assertThatThrownBy(
            () -> NoiseWhitening.fit(epochs, new int[2], Over.TIME, Shrinkage.LEDOIT_WOLF))
        .isInstanceOf(InputException.class)
        .hasMessage("noise whitening needs finite values; channel=2, epoch=1: leave it out");
  }

  @Test
  void repetitionsAreAveragedAllOrSome() {
    Epochs epochs = new Epochs(new double[] {1, 10, 3, 20, 5, 30}, 1, 1, 250, 0);
    int[] conditions = {7, 2, 7, 2, 7, 4};

    Epochs all = epochs.average(conditions, 80, 0);
    assertThat(all.values()).containsExactly(3, 15, 30);
    assertThat(all.events()).containsExactly(0, 1, 5);

    Epochs one = epochs.average(conditions, 1, 5);
    assertThat(one.values()[0]).isIn(1.0, 3.0, 5.0);
    assertThat(epochs.average(conditions, 1, 5).values()).isEqualTo(one.values());
  }

  @Test
  void epochsAreResampledAndCut() {
    double[] values = new double[2 * 120];
    Arrays.fill(values, 120, 240, 4);
    Epochs epochs = new Epochs(values, 2, 120, 1000, -0.02);

    Epochs slow = epochs.resample(new SincResampler(1000, 250)).crop(5, 30);

    assertThat(slow.samples()).isEqualTo(25);
    assertThat(slow.sampleRateHz()).isEqualTo(250);
    assertThat(slow.tminSeconds()).isCloseTo(0, within(1e-12));
    assertThat(slow.values()[24]).isCloseTo(0, within(1e-12));
    assertThat(slow.values()[25]).isCloseTo(4, within(1e-12));
    assertThatThrownBy(() -> slow.resample(new SincResampler(1000, 250)))
        .isInstanceOf(InputException.class)
        .hasMessage("the resampler must be for the rate of the epochs; from=1000, rate=250.0");
  }

  @ParameterizedTest
  @CsvSource({"1000,250", "1000,120", "250,600", "100,250", "7,3"})
  void epochsAreResampledAsMneDoes(int from, int to) {
    try (Golden golden = new Golden(ImagePreparationTest.class, "preprocess.npz")) {
      double[] rows = golden.get("signal");
      for (int samples : new int[] {700, 301}) {
        double[] values = new double[2 * samples];
        for (int i = 0; i < values.length; i++) {
          values[i] = rows[i % samples * 2 + i / samples];
        }
        Epochs epochs =
            new Epochs(values, 2, samples, from, -0.2).resample(new FourierResampler(from, to));
        golden.check("mne_" + from + "_" + to + "_" + samples, epochs.values(), 1e-12);
        assertThat(epochs.sampleRateHz()).isEqualTo(to);
      }
    }
  }
}
