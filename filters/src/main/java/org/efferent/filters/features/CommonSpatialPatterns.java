package org.efferent.filters.features;

import java.util.ArrayList;
import java.util.List;
import org.efferent.core.InputException;

/**
 * Common spatial patterns: filters W whose signals differ most in power between two classes,
 *
 * <pre>
 * C₁ w = λ (C₁ + C₂) w,   feature = log of the mean square of wᵀ x over a window
 * </pre>
 *
 * <p>x is the band-passed EEG, C the mean second moment of a class's trials, drawn towards a
 * multiple of the identity (Ledoit and Wolf). Of two classes the filters of the {@code pairs}
 * largest and smallest λ are kept, largest, smallest, next largest and so on; of more, the same for
 * each class against the mean of the others. Blankertz et al., IEEE Signal Process. Mag. 25(1):41,
 * 2008, doi:10.1109/MSP.2008.4408441. Filters are scaled to {@code wᵀ (C₁ + C₂) w = 1}; the sign,
 * which the features do not see, makes the largest weight positive.
 *
 * <p>Streaming filters space first and frequency then, which is the same, both being linear, and
 * less work. A value that is not finite is replaced by its channel's last usable one; a row that is
 * lost counts nothing, nor do rows before every channel has had a value. Immutable.
 */
public final class CommonSpatialPatterns implements FeatureModel {
  /** What a variance must be of the largest one so that a channel counts as varying. */
  private static final double FLAT = 1e-12;

  private final FeatureInput input;
  private final ImageryOptions options;
  private final double[][] weights;

  /**
   * Patterns of given filters.
   *
   * @param input the rows
   * @param options band and window
   * @param weights W, {@code [filters][channels]}
   * @throws InputException where shapes disagree or a weight is not finite
   */
  public CommonSpatialPatterns(FeatureInput input, ImageryOptions options, double[][] weights) {
    this.input = input;
    this.options = options;
    this.weights = new double[weights.length][];
    for (int k = 0; k < weights.length; k++) {
      double sum = 0;
      for (double w : weights[k]) {
        sum += w;
      }
      if (weights[k].length != input.size() || !Double.isFinite(sum)) {
        throw new InputException(
            "a spatial filter must have one finite weight a channel; filter="
                + k
                + ", weights="
                + weights[k].length
                + ", channels="
                + input.size());
      }
      this.weights[k] = weights[k].clone();
    }
    if (weights.length == 0) {
      throw new InputException("common spatial patterns need at least one filter; filters=0");
    }
    options.filter(input.sampleRateHz());
  }

  /**
   * Learns the filters.
   *
   * @param trials at least two classes, each with at least two trials
   * @param options how many pairs; band and window for streaming
   * @return the patterns
   * @throws InputException where a class has too few trials, a channel is flat, or there are more
   *     filters than channels
   */
  public static CommonSpatialPatterns fit(Trials trials, ImageryOptions options) {
    int classes = trials.classes().size();
    int channels = trials.input().size();
    if (classes < 2) {
      throw new InputException(
          "common spatial patterns need at least two classes; classes=" + trials.classes());
    }
    if (2 * options.pairs() > channels) {
      throw new InputException(
          "there must be at least two channels a pair of spatial filters; channels="
              + channels
              + ", pairs="
              + options.pairs());
    }
    List<double[][]> moments = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      List<double[]> own = new ArrayList<>();
      for (int i = 0; i < trials.size(); i++) {
        if (trials.label(i) == k) {
          own.add(trials.values(i));
        }
      }
      if (own.size() < 2) {
        throw new InputException(
            "each class needs at least two trials; class="
                + trials.classes().get(k)
                + ", trials="
                + own.size());
      }
      refuseFlat(own, trials.input());
      moments.add(Covariances.shrunken(own, channels));
    }
    List<double[]> filters = new ArrayList<>();
    for (int k = 0; k < (classes == 2 ? 1 : classes); k++) {
      double[][] rest = new double[channels][channels];
      for (int other = 0; other < classes; other++) {
        for (int i = 0; other != k && i < channels; i++) {
          for (int j = 0; j < channels; j++) {
            rest[i][j] += moments.get(other)[i][j] / (classes - 1);
          }
        }
      }
      filters.addAll(Covariances.extremes(moments.get(k), rest, options.pairs()));
    }
    return new CommonSpatialPatterns(trials.input(), options, filters.toArray(double[][]::new));
  }

  private static void refuseFlat(List<double[]> trials, FeatureInput input) {
    int channels = input.size();
    double[] power = new double[channels];
    double largest = 0;
    for (double[] trial : trials) {
      for (int i = 0; i < trial.length; i++) {
        power[i % channels] += trial[i] * trial[i];
      }
    }
    for (double p : power) {
      largest = Math.max(largest, p);
    }
    for (int c = 0; c < channels; c++) {
      if (!(power[c] > FLAT * largest)) {
        throw new InputException(
            "every channel must vary within the trials; channel '"
                + input.channels().get(c)
                + "' is flat: mend or leave it out");
      }
    }
  }

  /** Features of whole trials, {@code [trials][filters]}. */
  double[][] features(Trials trials) {
    if (!trials.input().equals(input)) {
      throw new InputException(
          "trials must have the channels and the rate that the patterns were learned on; channels="
              + trials.input().size()
              + ", learned on "
              + input.size()
              + ", sampleRateHz="
              + trials.input().sampleRateHz()
              + ", learned at "
              + input.sampleRateHz());
    }
    double[][] out = new double[trials.size()][weights.length];
    for (int i = 0; i < out.length; i++) {
      double[] x = trials.values(i);
      for (int k = 0; k < weights.length; k++) {
        double sum = 0;
        for (int r = 0; r < trials.rows(); r++) {
          double y = dot(weights[k], x, r * input.size());
          sum += y * y;
        }
        out[i][k] = PowerWindow.logPower(sum / trials.rows());
      }
    }
    return out;
  }

  private static double dot(double[] w, double[] x, int at) {
    double sum = 0;
    for (int c = 0; c < w.length; c++) {
      sum += w[c] * x[at + c];
    }
    return sum;
  }

  @Override
  public FeatureInput input() {
    return input;
  }

  /** Band, order, pairs and windows. */
  public ImageryOptions options() {
    return options;
  }

  /** A copy of W, {@code [filters][channels]}. */
  public double[][] weights() {
    double[][] copy = new double[weights.length][];
    for (int k = 0; k < copy.length; k++) {
      copy[k] = weights[k].clone();
    }
    return copy;
  }

  /** {@code csp.1} and so on. */
  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (int k = 1; k <= weights.length; k++) {
      names.add("csp." + k);
    }
    return List.copyOf(names);
  }

  @Override
  public BinFeatures start(double binSeconds) {
    return new State(binSeconds);
  }

  private final class State implements BinFeatures {
    private final PowerWindow window;
    private final SectionFilter filter;
    private final double[] last = new double[input.size()];
    private final double[] row = new double[weights.length];
    private boolean begun;

    State(double binSeconds) {
      window = new PowerWindow(weights.length, options.windowSeconds(), binSeconds);
      filter = new SectionFilter(options.filter(input.sampleRateHz()), weights.length);
    }

    @Override
    public void bin(double[] rows, int count, double[] into, int at) {
      window.begin();
      for (int r = 0; r < count; r++) {
        int usable = 0;
        for (int c = 0; c < last.length; c++) {
          double x = rows[r * last.length + c];
          if (SectionFilter.usable(x)) {
            last[c] = x;
            usable++;
          }
        }
        begun |= usable == last.length;
        if (!begun) {
          continue; // no channel may step from 0 to its offset
        }
        for (int k = 0; k < row.length; k++) {
          row[k] = dot(weights[k], last, 0);
        }
        filter.apply(row, 0);
        for (int k = 0; usable > 0 && k < row.length; k++) {
          window.add(k, row[k]);
        }
      }
      window.end(into, at);
    }

    @Override
    public void reset() {
      begun = false;
      filter.reset();
      window.reset();
    }
  }
}
