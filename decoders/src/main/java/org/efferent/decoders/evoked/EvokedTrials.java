package org.efferent.decoders.evoked;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.decoders.preprocess.Epochs;

/**
 * Epochs after stimuli of two classes, each with its class and its run. Immutable but for arrays of
 * the epochs.
 */
public final class EvokedTrials {
  private final Epochs epochs;
  private final int[] labels;
  private final int[] runs;

  /**
   * Trials.
   *
   * @param epochs {@code [trials × channels × samples]}, microvolt, filtered
   * @param labels class of each, 0 or 1
   * @param runs run of each, any number
   */
  public EvokedTrials(Epochs epochs, int[] labels, int[] runs) {
    if (labels.length != epochs.count() || runs.length != epochs.count()) {
      throw new IllegalArgumentException(
          "labels and runs must be one a trial; trials=%d, labels=%d, runs=%d"
              .formatted(epochs.count(), labels.length, runs.length));
    }
    for (int label : labels) {
      if (label != 0 && label != 1) {
        throw new IllegalArgumentException("a label must be 0 or 1; label=" + label);
      }
    }
    this.epochs = epochs;
    this.labels = labels.clone();
    this.runs = runs.clone();
  }

  /**
   * Trials of several recordings together.
   *
   * @param parts at least one, of the same channels, samples and rate
   * @return all of them, in that order
   * @throws InputException where they do not agree
   */
  public static EvokedTrials of(List<EvokedTrials> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    Epochs first = parts.get(0).epochs;
    int size = first.channels() * first.samples();
    int count = 0;
    for (EvokedTrials part : parts) {
      Epochs own = part.epochs;
      if (own.channels() != first.channels()
          || own.samples() != first.samples()
          || own.sampleRateHz() != first.sampleRateHz()) {
        throw new InputException(
            "runs must agree in channels, samples and rate; channels=%d and %d, samples=%d and %d, sampleRateHz=%s and %s"
                .formatted(
                    first.channels(),
                    own.channels(),
                    first.samples(),
                    own.samples(),
                    first.sampleRateHz(),
                    own.sampleRateHz()));
      }
      count += part.count();
    }
    double[] values = new double[Math.multiplyExact(count, size)];
    int[] labels = new int[count];
    int[] runs = new int[count];
    int at = 0;
    for (EvokedTrials part : parts) {
      System.arraycopy(part.epochs.values(), 0, values, at * size, part.count() * size);
      System.arraycopy(part.labels, 0, labels, at, part.count());
      System.arraycopy(part.runs, 0, runs, at, part.count());
      at += part.count();
    }
    return new EvokedTrials(
        new Epochs(
            values, first.channels(), first.samples(), first.sampleRateHz(), first.tminSeconds()),
        labels,
        runs);
  }

  /** Number of trials. */
  public int count() {
    return labels.length;
  }

  /**
   * Number of trials of a class.
   *
   * @param label 0 or 1
   */
  public int count(int label) {
    return (int) Arrays.stream(labels).filter(l -> l == label).count();
  }

  /** The epochs, {@code [trials × channels × samples]}, microvolt. */
  public Epochs epochs() {
    return epochs;
  }

  /** A copy of the classes, 0 or 1. */
  public int[] labels() {
    return labels.clone();
  }

  /** The runs that there are, rising. */
  public List<Integer> runs() {
    return Arrays.stream(runs).distinct().sorted().boxed().toList();
  }

  private EvokedTrials where(IntPredicate kept) {
    int[] some = IntStream.range(0, count()).filter(kept).toArray();
    return new EvokedTrials(
        epochs.select(Arrays.stream(some).boxed().toList()),
        Arrays.stream(some).map(i -> labels[i]).toArray(),
        Arrays.stream(some).map(i -> runs[i]).toArray());
  }

  /**
   * The trials of one run.
   *
   * @param run its number
   * @return copies
   */
  public EvokedTrials only(int run) {
    return where(i -> runs[i] == run);
  }

  /**
   * The trials of all runs but one.
   *
   * @param run its number
   * @return copies
   */
  public EvokedTrials without(int run) {
    return where(i -> runs[i] != run);
  }

  /**
   * The trials without large artefacts. Looks at no label and at nothing outside an epoch.
   *
   * @param microvolt the largest difference that a channel may have within its epoch
   * @return copies of those that keep to it on every channel
   */
  public EvokedTrials within(double microvolt) {
    double[] values = epochs.values();
    int samples = epochs.samples();
    boolean[] good = new boolean[count()];
    Arrays.fill(good, true);
    for (int row = 0; row < values.length / samples; row++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int t = 0; t < samples; t++) {
        low = Math.min(low, values[row * samples + t]);
        high = Math.max(high, values[row * samples + t]);
      }
      good[row / epochs.channels()] &= high - low <= microvolt;
    }
    return where(i -> good[i]);
  }

  /**
   * The trials with their classes exchanged at random within each run, so that there is nothing to
   * learn.
   *
   * @param seed of the exchange
   * @return the same epochs
   */
  public EvokedTrials permuted(long seed) {
    int[] mixed = labels.clone();
    Random random = new Random(seed);
    for (int run : runs()) {
      List<Integer> places =
          IntStream.range(0, count()).filter(i -> runs[i] == run).boxed().toList();
      List<Integer> order = new ArrayList<>(places);
      Collections.shuffle(order, random);
      for (int i = 0; i < order.size(); i++) {
        mixed[places.get(i)] = labels[order.get(i)];
      }
    }
    return new EvokedTrials(epochs, mixed, runs);
  }
}
