package org.efferent.decoders.interpret;

import java.util.Arrays;
import org.efferent.core.InputException;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.linear.Ridge;
import org.efferent.decoders.linear.RidgeOptions;

/**
 * How long what is decoded at one time stays as it is (King and Dehaene, Trends in Cognitive
 * Sciences 18(4), 2014): a ridge regression from the channels' means over a stretch of time to the
 * embedding, applied to every stretch of other examples.
 */
public final class TemporalGeneralisation {
  private final int stretches;
  private final int samples;
  private final float[][][] predictions;

  private TemporalGeneralisation(int stretches, int samples, float[][][] predictions) {
    this.stretches = stretches;
    this.samples = samples;
    this.predictions = predictions;
  }

  /**
   * Fits a regression a stretch and applies each to all.
   *
   * @param data windows and targets
   * @param target name of a target that is a vector
   * @param input how windows are scaled
   * @param training examples of the fit
   * @param test examples that are predicted
   * @param samples of a stretch, 1 to the window's time; what does not fill one at the end is left
   *     out
   * @return predictions
   * @throws InputException if the target is no vector
   */
  public static TemporalGeneralisation run(
      WindowDataset data,
      String target,
      EncoderInput input,
      int[] training,
      int[] test,
      int samples) {
    if (data.targets().get(target).length != 1) {
      throw new InputException(
          "%s: temporal generalisation needs a target that is a vector; '%s' is %s"
              .formatted(data.folder(), target, Arrays.toString(data.targets().get(target))));
    }
    int stretches = data.time() / samples;
    if (samples < 1 || stretches < 1) {
      throw new IllegalArgumentException(
          "samples must be 1 to the window's; samples=%d, time=%d".formatted(samples, data.time()));
    }
    double[][] fitted = means(data, input, training, samples, stretches);
    double[][] seen = means(data, input, test, samples, stretches);
    double[] y = targets(data, target, training);
    float[][][] predictions = new float[stretches][stretches][];
    for (int from = 0; from < stretches; from++) {
      Ridge ridge = Ridge.fit(fitted[from], y, training.length, RidgeOptions.DEFAULTS);
      for (int to = 0; to < stretches; to++) {
        predictions[from][to] = floats(ridge.predict(seen[to], test.length));
      }
    }
    return new TemporalGeneralisation(stretches, samples, predictions);
  }

  /** Of every stretch {@code [examples × channels]}. */
  private static double[][] means(
      WindowDataset data, EncoderInput input, int[] examples, int samples, int stretches) {
    int channels = data.channels();
    double[][] out = new double[stretches][examples.length * channels];
    float[] window = new float[channels * data.time()];
    for (int i = 0; i < examples.length; i++) {
      data.read(new int[] {examples[i]}, 1, window);
      input.apply(window, 1, data.time());
      for (int c = 0; c < channels; c++) {
        for (int t = 0; t < stretches * samples; t++) {
          out[t / samples][i * channels + c] += window[c * data.time() + t] / samples;
        }
      }
    }
    return out;
  }

  private static double[] targets(WindowDataset data, String target, int[] examples) {
    int width = (int) data.targets().get(target)[0];
    double[] out = new double[examples.length * width];
    float[] row = new float[width];
    for (int i = 0; i < examples.length; i++) {
      data.readTarget(target, new int[] {data.example(examples[i]).target()}, 1, row);
      for (int d = 0; d < width; d++) {
        out[i * width + d] = row[d];
      }
    }
    return out;
  }

  private static float[] floats(double[] values) {
    float[] out = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      out[i] = (float) values[i];
    }
    return out;
  }

  /** Stretches of a window. */
  public int stretches() {
    return stretches;
  }

  /** Samples of a stretch. */
  public int samples() {
    return samples;
  }

  /**
   * What the regression of one stretch says of another.
   *
   * @param trained stretch of the fit
   * @param tested stretch that it is applied to
   * @return {@code [test examples × width]}, row-major; a copy
   */
  public float[] predictions(int trained, int tested) {
    return predictions[trained][tested].clone();
  }
}
