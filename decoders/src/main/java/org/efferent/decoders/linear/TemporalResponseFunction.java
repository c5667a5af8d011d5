package org.efferent.decoders.linear;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;

/**
 * A temporal response function in the conventions of the mTRF toolboxes (Crosse et al. 2016):
 * {@code w = (XᵀX + (λ/δ) M)⁻¹ XᵀY / δ} over {@code X = [1 | lag-major, input-minor]}, δ the
 * period, and predictions {@code X w δ}. It is a bank of FIR filters, so it streams exactly ({@link
 * #stream}).
 */
public final class TemporalResponseFunction {
  private static final String FORMAT = "efferent-trf";

  private final TrfOptions options;
  private final int inputs;
  private final int outputs;
  private final double penalty;
  private final double[] solution;

  private TemporalResponseFunction(
      TrfOptions options, int inputs, int outputs, double penalty, double[] solution) {
    this.options = options;
    this.inputs = inputs;
    this.outputs = outputs;
    this.penalty = penalty;
    this.solution = solution;
  }

  /**
   * Fits weights.
   *
   * @param trials one at least, all of one width
   * @param options what model
   * @param penalty λ, not negative
   * @return the model
   * @throws InputException if there is no trial, widths differ, a trial is shorter than the lags,
   *     or the covariance is singular
   */
  public static TemporalResponseFunction fit(
      List<TrfTrial> trials, TrfOptions options, double penalty) {
    return fit(TrfCovariances.of(trials, options), options, penalty);
  }

  /**
   * Fits weights with each penalty and keeps those whose predictions of other trials correlate best
   * with what was (of equal ones the first).
   *
   * @param trials of the fit, one at least
   * @param validation of the choice, one at least
   * @param options what model
   * @param penalties λ to be tried
   * @return the model
   * @throws InputException as {@link #fit(List, TrfOptions, double)} does
   */
  public static TemporalResponseFunction fit(
      List<TrfTrial> trials,
      List<TrfTrial> validation,
      TrfOptions options,
      List<Double> penalties) {
    if (penalties.isEmpty() || validation.isEmpty()) {
      throw new IllegalArgumentException(
          "a choice needs a penalty and a trial at least; penalties=%d, validation=%d"
              .formatted(penalties.size(), validation.size()));
    }
    TrfCovariances covariances = TrfCovariances.of(trials, options);
    TemporalResponseFunction best = null;
    double most = 0;
    for (double penalty : penalties) {
      TemporalResponseFunction one = fit(covariances, options, penalty);
      double r =
          validation.stream().mapToDouble(t -> one.score(t).meanCorrelation()).average().orElse(0);
      if (best == null || r > most) {
        best = one;
        most = r;
      }
    }
    return best;
  }

  static TemporalResponseFunction fit(
      TrfCovariances covariances, TrfOptions options, double penalty) {
    return new TemporalResponseFunction(
        options, covariances.inputs(), covariances.outputs(), penalty, covariances.solve(penalty));
  }

  /** What model it is. */
  public TrfOptions options() {
    return options;
  }

  /** Columns of what predicts. */
  public int inputs() {
    return inputs;
  }

  /** Columns of what is predicted. */
  public int outputs() {
    return outputs;
  }

  /** λ. */
  public double penalty() {
    return penalty;
  }

  /** The weights, {@code [inputs × lags × outputs]}, row-major, in output per input and second. */
  public double[] weights() {
    int lags = options.lags();
    double[] weights = new double[inputs * lags * outputs];
    for (int i = 0; i < inputs; i++) {
      for (int l = 0; l < lags; l++) {
        System.arraycopy(
            solution, (1 + l * inputs + i) * outputs, weights, (i * lags + l) * outputs, outputs);
      }
    }
    return weights;
  }

  /** The bias, {@code [outputs]}; times the period it is what is added. */
  public double[] bias() {
    return java.util.Arrays.copyOf(solution, outputs);
  }

  /** Samples of the future that an output needs; over the sampling rate, seconds. */
  public int lookAhead() {
    return Math.max(0, -options.firstLag());
  }

  /**
   * Predicts one trial.
   *
   * @param x {@code [samples × inputs]}, row-major: stimulus of a forward model, response of a
   *     backward one
   * @param samples rows
   * @return {@code [rows × outputs]}; as many rows as samples, or without those whose lags reach
   *     beyond the trial if the model does not pad
   */
  public double[] predict(double[] x, int samples) {
    TrfStream stream = stream();
    double[] head = stream.push(x, samples);
    double[] tail = stream.flush();
    double[] all = java.util.Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  /**
   * Predicts one trial and holds it against what was.
   *
   * @param trial the trial, of the widths of the model
   * @return Pearson's r and mean squared error of each output
   */
  public TrfScore score(TrfTrial trial) {
    double[] predicted = predict(trial.x(options), trial.samples());
    int rows = predicted.length / outputs;
    double[] y = trial.y(options);
    if (y.length != trial.samples() * outputs) {
      throw new InputException(
          "a trial must have the outputs of the model; outputs=%d, columns=%d"
              .formatted(outputs, y.length / trial.samples()));
    }
    double[] actual = new double[predicted.length];
    System.arraycopy(y, TrfCovariances.firstRow(options) * outputs, actual, 0, rows * outputs);
    return TrfScore.of(predicted, actual, rows, outputs);
  }

  /** This model at work on a stream, at its start. */
  public TrfStream stream() {
    double[] taps = solution.clone();
    for (int i = 0; i < taps.length; i++) {
      taps[i] /= options.sampleRateHz();
    }
    return new TrfStream(options, inputs, outputs, taps);
  }

  /**
   * Writes a safetensors file, whole or not at all: {@code weights} [inputs × lags × outputs],
   * {@code bias} [outputs], {@code penalty}, F64; the options as words.
   *
   * @param path where it goes
   * @param overwrite whether an existing file may be replaced
   */
  public void write(Path path, boolean overwrite) {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("format", FORMAT);
    words.put("direction", options.direction().name());
    words.put("sample_rate_hz", Double.toString(options.sampleRateHz()));
    words.put("tmin_seconds", Double.toString(options.tminSeconds()));
    words.put("tmax_seconds", Double.toString(options.tmaxSeconds()));
    words.put("regularization", options.regularization().name());
    words.put("zero_pad", Boolean.toString(options.zeroPad()));
    words.put("scaling", options.scaling().name());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("weights", Tensor.of(weights(), inputs, options.lags(), outputs));
    tensors.put("bias", Tensor.of(bias(), outputs));
    tensors.put("penalty", Tensor.of(new double[] {penalty}, 1));
    new Safetensors(words, tensors).write(path, overwrite);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param path the file
   * @return the model
   * @throws InputException if it is missing, damaged or something else
   */
  public static TemporalResponseFunction read(Path path) {
    ModelFile file = ModelFile.read(path, FORMAT);
    TrfOptions options = options(file);
    long[] shape = file.shape("weights", 3);
    int lags = options.lags();
    double[] weights = file.values("weights", shape[0], lags, shape[2]);
    int inputs = Math.toIntExact(shape[0]);
    int outputs = Math.toIntExact(shape[2]);
    double[] solution = new double[(1 + lags * inputs) * outputs];
    System.arraycopy(file.values("bias", outputs), 0, solution, 0, outputs);
    for (int i = 0; i < inputs; i++) {
      for (int l = 0; l < lags; l++) {
        System.arraycopy(
            weights, (i * lags + l) * outputs, solution, (1 + l * inputs + i) * outputs, outputs);
      }
    }
    return new TemporalResponseFunction(
        options, inputs, outputs, file.values("penalty", 1)[0], solution);
  }

  private static TrfOptions options(ModelFile file) {
    try {
      return new TrfOptions(
          TrfOptions.Direction.valueOf(upper(file, "direction")),
          Double.parseDouble(file.word("sample_rate_hz")),
          Double.parseDouble(file.word("tmin_seconds")),
          Double.parseDouble(file.word("tmax_seconds")),
          TrfOptions.Regularization.valueOf(upper(file, "regularization")),
          Boolean.parseBoolean(file.word("zero_pad")),
          TrfOptions.Scaling.valueOf(upper(file, "scaling")));
    } catch (IllegalArgumentException e) {
      throw file.bad("its words are no options of a model: " + e.getMessage());
    }
  }

  private static String upper(ModelFile file, String key) {
    return file.word(key).toUpperCase(Locale.ROOT);
  }
}
