package org.efferent.decoders.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.efferent.core.Estimate;
import org.efferent.core.InputException;
import org.efferent.core.Window;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RidgeTest {
  private static final int OUTPUTS = 3;

  private final Random random = new Random(7);

  /** Inputs with an offset; outputs of unequal noise, so that their best penalties differ. */
  private double[] inputs(int rows, int inputs) {
    return random.doubles((long) rows * inputs, 2, 4).toArray();
  }

  private double[] outputs(double[] x, int rows, int inputs) {
    double[] w = random.doubles((long) inputs * OUTPUTS, -1, 1).toArray();
    double[] y = DenseProducts.multiply(x, w, rows, inputs, OUTPUTS);
    for (int i = 0; i < y.length; i++) {
      y[i] += 10 + (i % OUTPUTS) * 3 * random.nextGaussian();
    }
    return y;
  }

  /** {@code [1 | X]} with a free first column, solved without any of the tricks. */
  private static RealMatrix plainRidge(double[] x, double[] y, int rows, double penalty, int skip) {
    int inputs = x.length / rows;
    RealMatrix design = new Array2DRowRealMatrix(rows, inputs + 1);
    RealMatrix target = new Array2DRowRealMatrix(rows, OUTPUTS);
    for (int i = 0; i < rows; i++) {
      if (i != skip) {
        design.setEntry(i, 0, 1);
        for (int j = 0; j < inputs; j++) {
          design.setEntry(i, j + 1, x[i * inputs + j]);
        }
        for (int j = 0; j < OUTPUTS; j++) {
          target.setEntry(i, j, y[i * OUTPUTS + j]);
        }
      }
    }
    RealMatrix gram = design.transpose().multiply(design);
    for (int j = 1; j <= inputs; j++) {
      gram.addToEntry(j, j, penalty);
    }
    return new LUDecomposition(gram).getSolver().solve(design.transpose().multiply(target));
  }

  private static double[] refitted(double[] x, double[] y, int rows, double penalty) {
    int inputs = x.length / rows;
    double[] errors = new double[OUTPUTS];
    for (int i = 0; i < rows; i++) {
      RealMatrix w = plainRidge(x, y, rows, penalty, i);
      for (int j = 0; j < OUTPUTS; j++) {
        double predicted = w.getEntry(0, j);
        for (int k = 0; k < inputs; k++) {
          predicted += x[i * inputs + k] * w.getEntry(k + 1, j);
        }
        errors[j] += Math.pow(predicted - y[i * OUTPUTS + j], 2) / rows;
      }
    }
    return errors;
  }

  @ParameterizedTest
  @CsvSource({"40,6", "12,30", "20,20", "21,20", "19,20"})
  void leaveOneOutIsWhatRefittingWithoutEachRowGives(int rows, int inputs) {
    double[] x = inputs(rows, inputs);
    double[] y = outputs(x, rows, inputs);
    List<Double> grid = List.of(1e-3, 0.1, 3.0, 200.0);

    Ridge ridge = Ridge.fit(x, y, rows, new RidgeOptions(grid, false));

    double best = Double.POSITIVE_INFINITY;
    double chosen = 0;
    for (int g = 0; g < grid.size(); g++) {
      double[] expected = refitted(x, y, rows, grid.get(g));
      for (int j = 0; j < OUTPUTS; j++) {
        assertThat(ridge.leaveOneOutErrors()[g * OUTPUTS + j])
            .isCloseTo(expected[j], within(1e-6 * expected[j]));
      }
      if (Arrays.stream(expected).sum() < best) {
        best = Arrays.stream(expected).sum();
        chosen = grid.get(g);
      }
    }
    assertThat(ridge.penalties()).containsOnly(chosen);
    RealMatrix w = plainRidge(x, y, rows, chosen, -1);
    for (int j = 0; j < OUTPUTS; j++) {
      assertThat(ridge.bias()[j]).isCloseTo(w.getEntry(0, j), within(1e-6));
      for (int k = 0; k < inputs; k++) {
        assertThat(ridge.weights()[k * OUTPUTS + j]).isCloseTo(w.getEntry(k + 1, j), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"60,8", "15,40"})
  void anOutputMayChooseAPenaltyOfItsOwn(int rows, int inputs) {
    double[] x = inputs(rows, inputs);
    double[] y = outputs(x, rows, inputs);
    List<Double> grid = RidgeOptions.decades(-3, 3, 1);

    Ridge each = Ridge.fit(x, y, rows, new RidgeOptions(grid, true));

    assertThat(Arrays.stream(each.penalties()).distinct().count()).isGreaterThan(1);
    for (int j = 0; j < OUTPUTS; j++) {
      List<Double> own = List.of(each.penalties()[j]);
      Ridge alone = Ridge.fit(x, y, rows, new RidgeOptions(own, false));
      for (int k = 0; k < inputs; k++) {
        assertThat(each.weights()[k * OUTPUTS + j])
            .isCloseTo(alone.weights()[k * OUTPUTS + j], within(1e-9));
      }
      double[] errors = each.leaveOneOutErrors();
      for (int g = 0; g < grid.size(); g++) {
        assertThat(errors[g * OUTPUTS + j])
            .isGreaterThanOrEqualTo(alone.leaveOneOutErrors()[j] * (1 - 1e-9));
      }
    }
  }

  /** Beyond the sizes at which Java multiplies and decomposes. */
  @ParameterizedTest
  @CsvSource({"400,150", "150,400"})
  void largeProblemsGoToNativeProductsAndAgree(int rows, int inputs) {
    double[] x = inputs(rows, inputs);
    double[] y = outputs(x, rows, inputs);

    Ridge ridge = Ridge.fit(x, y, rows, new RidgeOptions(List.of(5.0), false));

    RealMatrix w = plainRidge(x, y, rows, 5, -1);
    double[] predicted = ridge.predict(x, rows);
    for (int i = 0; i < rows; i += 17) {
      double expected = w.getEntry(0, 1);
      for (int k = 0; k < inputs; k++) {
        expected += x[i * inputs + k] * w.getEntry(k + 1, 1);
      }
      assertThat(predicted[i * OUTPUTS + 1]).isCloseTo(expected, within(1e-8));
    }
  }

  @Test
  void aWindowIsFlattenedOneChannelAfterTheOther() {
    // y = 1 · (channel 0, sample 1) exactly; inputs are [channels × samples] of 2 × 3.
    double[] x = random.doubles(30 * 6).toArray();
    double[] y = new double[30];
    for (int i = 0; i < 30; i++) {
      y[i] = x[i * 6 + 1];
    }
    Ridge ridge = Ridge.fit(x, y, 30, new RidgeOptions(List.of(1e-9), false));
    Window window = new Window(3, 2);
    double[] values = {1, 2, 3, 4, 5, 6};
    System.arraycopy(values, 0, window.values(), 0, 6);

    Estimate.Embedding embedding = ridge.decoder(2).decode(window);

    // Sample 1 of channel 0 is row 1, column 0 of the window.
    assertThat(embedding.values()[0]).isCloseTo(3f, within(1e-5f));
    assertThatThrownBy(() -> ridge.decoder(3).decode(window))
        .isInstanceOf(InputException.class)
        .hasMessage("a window must be of 3 channels and 2 samples; channels=2, samples=3");
    assertThatThrownBy(() -> ridge.decoder(4))
        .hasMessage(
            "a window must be [channels × samples] of the regression's inputs; inputs=6, channels=4");
  }

  @Test
  void whatIsWrittenIsReadAgain(@TempDir Path folder) {
    double[] x = inputs(20, 4);
    Ridge ridge = Ridge.fit(x, outputs(x, 20, 4), 20, RidgeOptions.DEFAULTS);
    Path file = folder.resolve("ridge.safetensors");

    ridge.write(file, false);
    Ridge again = Ridge.read(file);

    assertThat(again.predict(x, 20)).isEqualTo(ridge.predict(x, 20));
    assertThat(again.penalties()).isEqualTo(ridge.penalties());
    assertThat(again.leaveOneOutErrors()).isEqualTo(ridge.leaveOneOutErrors());
    assertThat(again.grid()).isEqualTo(ridge.grid());
  }

  @Test
  void aFileOfSomethingElseIsRefused(@TempDir Path folder) {
    Path other = folder.resolve("other.safetensors");
    new Safetensors(Map.of(), Map.of("a", Tensor.of(new double[1], 1))).write(other, false);
    assertThatThrownBy(() -> Ridge.read(other))
        .isInstanceOf(InputException.class)
        .hasMessage("other.safetensors: its format must be efferent-ridge; format=null");

    Path narrow = folder.resolve("narrow.safetensors");
    new Safetensors(
            Map.of("format", "efferent-ridge"),
            Map.of(
                "weight", Tensor.of(new double[6], 3, 2),
                "grid", Tensor.of(new double[1], 1),
                "bias", Tensor.of(new double[3], 3)))
        .write(narrow, false);
    assertThatThrownBy(() -> Ridge.read(narrow))
        .hasMessage("narrow.safetensors: tensor 'bias' must be [2], -1 for any size; shape=[3]");
  }

  @Test
  void valuesThatAreNotFiniteAreNamed() {
    double[] x = inputs(5, 2);
    double[] y = new double[5];
    x[7] = Double.NaN;
    assertThatThrownBy(() -> Ridge.fit(x, y, 5, RidgeOptions.DEFAULTS))
        .isInstanceOf(InputException.class)
        .hasMessage("x must be finite; row=3, column=1, value=NaN; leave such rows out");
    assertThatThrownBy(() -> Ridge.fit(new double[2], new double[2], 2, RidgeOptions.DEFAULTS))
        .hasMessage("ridge regression needs 3 rows at least; rows=2");
  }

  @Test
  void aConstantInputOrOutputIsNoTrouble() {
    double[] x = inputs(20, 3);
    double[] y = new double[20];
    for (int i = 0; i < 20; i++) {
      x[i * 3 + 1] = 5;
      y[i] = 2;
    }
    Ridge ridge = Ridge.fit(x, y, 20, RidgeOptions.DEFAULTS);

    assertThat(ridge.predict(new double[] {1, 5, 3}, 1)[0]).isCloseTo(2, within(1e-12));
    assertThat(ridge.atEdge()).isTrue();
  }

  @Test
  void aGridRises() {
    assertThatThrownBy(() -> new RidgeOptions(List.of(1.0, 1.0), false))
        .hasMessage("penalties must be finite, above 0 and rising; penalties=[1.0, 1.0]");
    assertThat(RidgeOptions.decades(-1, 0, 2)).containsExactly(0.1, Math.pow(10, -0.5), 1.0);
  }
}
