package org.efferent.filters.click;

import java.util.Arrays;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;

/**
 * Trains a {@link ClickDecoder}: the discriminant on the first 70 % of the rows, the threshold on
 * the rest, then the discriminant on all rows. The threshold is the lowest of ten that holds the
 * false share of bins without a click below a limit and misses fewest bins with one.
 */
public final class ClickTraining {
  private static final double[] THRESHOLDS = {
    0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999
  };
  private static final double TRAINED_SHARE = 0.7;

  private ClickTraining() {}

  /**
   * A decoder and what the last 30 % of the rows say about it: decoded by a discriminant that the
   * first 70 % trained. The threshold was chosen on the same rows, so that the false share flatters
   * a little.
   *
   * @param decoder trained on all rows, at its start
   * @param heldOut rows of the last 30 %
   * @param accuracy share of them that are taken for what they are
   * @param falseShare share of those without a click that are taken for one
   * @param missedShare share of those with a click that are not taken for one
   */
  public record Result(
      ClickDecoder decoder, int heldOut, double accuracy, double falseShare, double missedShare) {}

  /**
   * Trains.
   *
   * @param kind which decoder
   * @param features consecutive bins, {@code [rows][features]}
   * @param click whether a click was meant, {@code [rows]}
   * @param mostFalse share of bins without a click that may be taken for one, above 0, at most 1
   * @return the decoder, at its start
   * @throws InputException where shapes disagree, values are not finite, or either class is missing
   *     in the first 70 % or in the rest
   */
  public static ClickDecoder train(
      ClickDecoder.Kind kind, double[][] features, boolean[] click, double mostFalse) {
    return fit(kind, features, click, mostFalse).decoder();
  }

  /**
   * Trains, and says how well it did on the rows that it was first kept from.
   *
   * @param kind which decoder
   * @param features consecutive bins, {@code [rows][features]}
   * @param click whether a click was meant, {@code [rows]}
   * @param mostFalse share of bins without a click that may be taken for one, above 0, at most 1
   * @return the decoder and its figures
   * @throws InputException as {@link #train}
   */
  public static Result fit(
      ClickDecoder.Kind kind, double[][] features, boolean[] click, double mostFalse) {
    if (!(mostFalse > 0 && mostFalse <= 1)) {
      throw new UsageException(
          "the share of false clicks must be above 0, at most 1; share=" + mostFalse);
    }
    int split = (int) (TRAINED_SHARE * features.length);
    LinearDiscriminant first =
        LinearDiscriminant.fit(Arrays.copyOf(features, split), Arrays.copyOf(click, split));
    double[] change = changes(click);
    ClickDecoder held = new ClickDecoder(kind, first, change[0], change[1], 0.5);
    double[] posterior = new double[features.length];
    for (int t = 0; t < features.length; t++) {
      posterior[t] = held.step(features[t]);
    }
    double threshold = threshold(posterior, click, split, mostFalse);
    double[] wrong = new double[2];
    double[] all = new double[2];
    for (int t = split; t < click.length; t++) {
      int k = click[t] ? 1 : 0;
      all[k]++;
      wrong[k] += click[t] == posterior[t] >= threshold ? 0 : 1;
    }
    int heldOut = click.length - split;
    return new Result(
        new ClickDecoder(
            kind, LinearDiscriminant.fit(features, click), change[0], change[1], threshold),
        heldOut,
        1 - (wrong[0] + wrong[1]) / heldOut,
        wrong[0] / all[0],
        wrong[1] / all[1]);
  }

  /** Shares of bins at which a click begins and ends, one pseudo-count each. */
  private static double[] changes(boolean[] click) {
    double moves = 2;
    double clicks = 2;
    double begins = 1;
    double ends = 1;
    for (int t = 1; t < click.length; t++) {
      if (click[t - 1]) {
        clicks++;
        ends += click[t] ? 0 : 1;
      } else {
        moves++;
        begins += click[t] ? 1 : 0;
      }
    }
    return new double[] {begins / moves, ends / clicks};
  }

  private static double threshold(double[] posterior, boolean[] click, int from, double mostFalse) {
    double moves = 0;
    for (int t = from; t < click.length; t++) {
      moves += click[t] ? 0 : 1;
    }
    if (moves == 0 || moves == click.length - from) {
      throw new InputException(
          "the last 30 % of the rows must hold bins with and without a click; rows="
              + (click.length - from)
              + ", without "
              + (long) moves);
    }
    for (double candidate : THRESHOLDS) {
      double wrong = 0;
      for (int t = from; t < click.length; t++) {
        wrong += !click[t] && posterior[t] >= candidate ? 1 : 0;
      }
      if (wrong / moves <= mostFalse) {
        return candidate;
      }
    }
    return THRESHOLDS[THRESHOLDS.length - 1];
  }
}
