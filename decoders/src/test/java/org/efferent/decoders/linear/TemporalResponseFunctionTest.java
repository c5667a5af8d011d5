package org.efferent.decoders.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.efferent.core.InputException;
import org.efferent.decoders.Golden;
import org.efferent.decoders.linear.TrfOptions.Direction;
import org.efferent.decoders.linear.TrfOptions.Regularization;
import org.efferent.decoders.linear.TrfOptions.Scaling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemporalResponseFunctionTest {
  private static final int[] SAMPLES = {150, 180, 165};

  private static Golden golden() {
    return new Golden(TemporalResponseFunctionTest.class, "trf.npz");
  }

  private static List<TrfTrial> trials(Golden golden) {
    List<TrfTrial> trials = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      trials.add(new TrfTrial(golden.get("stimulus" + i), golden.get("response" + i), SAMPLES[i]));
    }
    return trials;
  }

  private static TrfOptions options(String name) {
    return switch (name) {
      case "forward" -> TrfOptions.of(Direction.FORWARD, 64, 0, 0.1);
      case "forward_tikhonov" ->
          new TrfOptions(
              Direction.FORWARD, 64, -0.03, 0.11, Regularization.TIKHONOV, true, Scaling.AVERAGED);
      case "backward" ->
          new TrfOptions(
              Direction.BACKWARD, 64, 0, 0.1, Regularization.RIDGE, true, Scaling.AVERAGED);
      default ->
          new TrfOptions(
              Direction.BACKWARD, 64, -0.02, 0.07, Regularization.RIDGE, false, Scaling.SUMMED);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "forward_tikhonov", "backward", "backward_cut"})
  void itIsTheToolboxesModel(String name) {
    try (Golden golden = golden()) {
      List<TrfTrial> trials = trials(golden);
      TrfOptions options = options(name);

      TemporalResponseFunction model = TemporalResponseFunction.fit(trials, options, 0.7);

      golden.check(name + "_lags", new double[] {options.firstLag(), options.lastLag()}, 0);
      golden.check(name + "_weights", model.weights(), 1e-11);
      golden.check(name + "_bias", model.bias(), 1e-11);
      double[] x = trials.get(0).x(options);
      golden.check(name + "_predicted", model.predict(x, 150), 1e-11);

      TrfCrossValidation folds =
          TrfCrossValidation.run(trials, options, List.of(0.01, 1.0, 100.0), 3);
      List<Double> r = new ArrayList<>();
      List<Double> mse = new ArrayList<>();
      for (int p = 0; p < 3; p++) {
        for (TrfScore score : folds.scores(p)) {
          Arrays.stream(score.correlations()).forEach(r::add);
          Arrays.stream(score.errors()).forEach(mse::add);
        }
      }
      golden.check(name + "_cv_r", r.stream().mapToDouble(v -> v).toArray(), 1e-10);
      golden.check(name + "_cv_mse", mse.stream().mapToDouble(v -> v).toArray(), 1e-10);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "forward_tikhonov", "backward", "backward_cut"})
  void chunksOfAnySizeGiveTheOfflineOutput(String name) {
    try (Golden golden = golden()) {
      List<TrfTrial> trials = trials(golden);
      TemporalResponseFunction model = TemporalResponseFunction.fit(trials, options(name), 0.7);
      double[] x = trials.get(0).x(model.options());
      TrfStream stream = model.stream();
      Random random = new Random(1);
      for (int pass = 0; pass < 3; pass++) {
        List<Double> out = new ArrayList<>();
        for (int from = 0; from < 150; ) {
          int rows = Math.min(150 - from, pass == 0 ? 1 : random.nextInt(20));
          double[] chunk =
              Arrays.copyOfRange(x, from * model.inputs(), (from + rows) * model.inputs());
          Arrays.stream(stream.push(chunk, rows)).forEach(out::add);
          from += rows;
          if (model.options().zeroPad()) {
            assertThat(out).hasSize(Math.max(0, from - model.lookAhead()) * model.outputs());
          }
        }
        Arrays.stream(stream.flush()).forEach(out::add);

        double[] streamed = out.stream().mapToDouble(v -> v).toArray();
        assertThat(streamed).isEqualTo(model.predict(x, 150));
        golden.check(name + "_predicted", streamed, 1e-11);
      }
    }
  }

  @Test
  void lookAheadIsStatedAndNoMoreIsNeeded() {
    TrfOptions backward = TrfOptions.of(Direction.BACKWARD, 64, 0, 0.25);
    assertThat(backward.firstLag()).isEqualTo(-16);
    assertThat(backward.lastLag()).isZero();
    assertThat(TrfOptions.of(Direction.FORWARD, 64, 0, 0.25).lastLag()).isEqualTo(16);
    // ceil and floor go outwards: 0.1 s at 64 Hz are 6.4 samples.
    assertThat(TrfOptions.of(Direction.FORWARD, 64, -0.1, 0.1).lags()).isEqualTo(15);
  }

  /** A system known beforehand, wide enough for native products and several blocks. */
  @Test
  void aKnownResponseIsFound() {
    Random random = new Random(3);
    int samples = 4000;
    int features = 20;
    double[] stimulus = new double[samples * features];
    Arrays.setAll(stimulus, i -> random.nextGaussian());
    double[] response = new double[samples];
    for (int t = 0; t < samples; t++) {
      response[t] = 3 + (t >= 4 ? 2 * stimulus[(t - 4) * features + 7] : 0);
    }
    TrfOptions options = TrfOptions.of(Direction.FORWARD, 100, 0, 0.1);

    TemporalResponseFunction model =
        TemporalResponseFunction.fit(
            List.of(new TrfTrial(stimulus, response, samples)), options, 1e-9);

    double[] weights = model.weights();
    for (int i = 0; i < weights.length; i++) {
      // Feature 7, lag 4 of 11; weights are per second.
      assertThat(weights[i]).isCloseTo(i == 7 * 11 + 4 ? 200 : 0, within(0.05));
    }
    assertThat(model.bias()[0] / 100).isCloseTo(3, within(1e-3));
  }

  @Test
  void whatIsWrittenIsReadAgain(@TempDir Path folder) {
    try (Golden golden = golden()) {
      List<TrfTrial> trials = trials(golden);
      TemporalResponseFunction model =
          TemporalResponseFunction.fit(trials, options("forward_tikhonov"), 0.7);
      Path file = folder.resolve("trf.safetensors");

      model.write(file, false);
      TemporalResponseFunction again = TemporalResponseFunction.read(file);

      double[] x = trials.get(1).x(model.options());
      assertThat(again.predict(x, 180)).isEqualTo(model.predict(x, 180));
      assertThat(again.options()).isEqualTo(model.options());
      assertThat(again.penalty()).isEqualTo(0.7);
    }
  }

  @Test
  void errorsSayWhatToDo() {
    double[] ones = new double[40];
    Arrays.fill(ones, 1);
    TrfOptions options = TrfOptions.of(Direction.FORWARD, 10, 0, 0.2);
    TrfTrial constant = new TrfTrial(ones, ones, 40);
    assertThatThrownBy(
            () ->
                TemporalResponseFunction.fit(
                    List.of(constant, constant), TrfOptions.of(Direction.FORWARD, 10, 0, 0), 0))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the inputs are linearly dependent, so their covariance is singular; penalty=0.0: raise the penalty, or leave out inputs that are constant or copies");
    assertThatThrownBy(() -> TemporalResponseFunction.fit(List.of(), options, 1))
        .hasMessage("a temporal response function needs one trial at least; trials=0");
    TrfTrial wide = new TrfTrial(ones, ones, 20);
    assertThatThrownBy(() -> TemporalResponseFunction.fit(List.of(constant, wide), options, 1))
        .hasMessage("all trials must have the columns of the first, 1 and 1; columns=2 and 2");
    assertThatThrownBy(() -> TrfCrossValidation.run(List.of(constant), options, List.of(1.0), 2))
        .hasMessage("folds must be 2 at least and at most the number of trials; folds=2, trials=1");
  }
}
