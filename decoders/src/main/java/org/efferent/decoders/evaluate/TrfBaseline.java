package org.efferent.decoders.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.decoders.encoder.EncoderInput;
import org.efferent.decoders.linear.TemporalResponseFunction;
import org.efferent.decoders.linear.TrfOptions;
import org.efferent.decoders.linear.TrfTrial;

/**
 * The linear decoder of continuous speech: a backward temporal response function (Crosse et al.
 * 2016) from scaled windows to targets that have a row of features a sample, the same at every
 * sample of a window. The penalty is the one whose predictions of validation windows correlate best
 * with their targets.
 */
public final class TrfBaseline {
  /** Responses from this long before a feature are seen. */
  private static final double FIRST_SECONDS = -0.1;

  /** Responses to this long after a feature are seen. */
  private static final double LAST_SECONDS = 0.4;

  /** Windows of words overlap: more of them say little more, and cost as much each. */
  private static final int MOST_WINDOWS = 300;

  private static final int MOST_VALIDATION = 100;
  private static final List<Double> PENALTIES =
      List.of(1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5);

  private final WindowDataset data;
  private final EncoderInput input;
  private final int subject;
  private final TemporalResponseFunction function;

  private TrfBaseline(
      WindowDataset data, EncoderInput input, int subject, TemporalResponseFunction function) {
    this.data = data;
    this.input = input;
    this.subject = subject;
    this.function = function;
  }

  /**
   * Fits it to at most 300 training windows, evenly spread, with lags of the response from 100 ms
   * before to 400 ms behind the features of its window.
   *
   * @param data windows and targets
   * @param target name of a target of shape {@code [features × time]}, time as that of windows
   * @param input how windows are scaled
   * @param subject whose examples; {@link LinearBaseline#ALL} for those of all subjects together
   * @return the baseline
   * @throws InputException if the target has no time, or there are no examples of training or of
   *     validation
   */
  public static TrfBaseline fit(
      WindowDataset data, String target, EncoderInput input, int subject) {
    long[] shape = data.targets().get(target);
    if (shape.length != 2 || shape[1] != data.time()) {
      throw new InputException(
          "%s: a temporal response function needs a target with a value a sample of the window; target '%s' is %s, windows have %d samples: leave trf out of the baselines"
              .formatted(data.folder(), target, Arrays.toString(shape), data.time()));
    }
    TrfOptions options =
        TrfOptions.of(TrfOptions.Direction.BACKWARD, data.rateHz(), FIRST_SECONDS, LAST_SECONDS);
    List<TrfTrial> training = trials(data, target, input, subject, Split.TRAIN, MOST_WINDOWS);
    List<TrfTrial> validation =
        trials(data, target, input, subject, Split.VALIDATION, MOST_VALIDATION);
    TemporalResponseFunction best =
        TemporalResponseFunction.fit(training, validation, options, PENALTIES);
    return new TrfBaseline(data, input, subject, best);
  }

  private static List<TrfTrial> trials(
      WindowDataset data, String target, EncoderInput input, int subject, Split split, int most) {
    int[] all =
        Arrays.stream(data.indices(split))
            .filter(e -> subject == LinearBaseline.ALL || data.example(e).subject() == subject)
            .toArray();
    if (all.length == 0) {
      throw new InputException(
          "%s: a temporal response function needs examples of %s; %s has none"
              .formatted(
                  data.folder(),
                  split.name().toLowerCase(java.util.Locale.ROOT),
                  subject == LinearBaseline.ALL ? "the data set" : "subject " + subject));
    }
    int count = Math.min(most, all.length);
    List<TrfTrial> trials = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int example = all[(int) ((long) i * all.length / count)];
      trials.add(
          new TrfTrial(features(data, target, example), window(data, input, example), data.time()));
    }
    return trials;
  }

  /** {@code [time × channels]}. */
  private static double[] window(WindowDataset data, EncoderInput input, int example) {
    float[] window = new float[data.channels() * data.time()];
    data.read(new int[] {example}, 1, window);
    input.apply(window, 1, data.time());
    return turned(window, data.channels(), data.time());
  }

  /** {@code [time × features]}. */
  private static double[] features(WindowDataset data, String target, int example) {
    int features = Math.toIntExact(data.targets().get(target)[0]);
    float[] row = new float[features * data.time()];
    data.readTarget(target, new int[] {data.example(example).target()}, 1, row);
    return turned(row, features, data.time());
  }

  private static double[] turned(float[] rows, int height, int time) {
    double[] out = new double[rows.length];
    for (int h = 0; h < height; h++) {
      for (int t = 0; t < time; t++) {
        out[t * height + h] = rows[h * time + t];
      }
    }
    return out;
  }

  /**
   * Predicts examples of its subject; rows of others stay as they are.
   *
   * @param examples which
   * @param into {@code [examples × features × time]}, row-major
   */
  public void predict(int[] examples, float[] into) {
    int width = width();
    int features = function.outputs();
    for (int i = 0; i < examples.length; i++) {
      if (subject == LinearBaseline.ALL || data.example(examples[i]).subject() == subject) {
        double[] made = function.predict(window(data, input, examples[i]), data.time());
        for (int t = 0; t < data.time(); t++) {
          for (int f = 0; f < features; f++) {
            into[i * width + f * data.time() + t] = (float) made[t * features + f];
          }
        }
      }
    }
  }

  /** Numbers of a target. */
  public int width() {
    return function.outputs() * data.time();
  }

  /** The penalty that was chosen. */
  public double penalty() {
    return function.penalty();
  }

  /** Whether it is at an end of those that were tried. */
  public boolean atEdge() {
    return penalty() == PENALTIES.get(0) || penalty() == PENALTIES.get(PENALTIES.size() - 1);
  }
}
