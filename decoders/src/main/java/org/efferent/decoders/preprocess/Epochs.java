package org.efferent.decoders.preprocess;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.efferent.core.InputException;
import org.efferent.core.Recording;
import org.efferent.core.UnsupportedInputException;

/**
 * Stretches of a signal around events, {@code [epochs × channels × samples]}. Each step gives new
 * epochs and leaves these alone.
 *
 * <p>Longer than 300 lines because each step is a few lines over the same fields, and half of it
 * says what the steps take and give.
 */
public final class Epochs {
  private final double[] values;
  private final int channels;
  private final int samples;
  private final double sampleRateHz;
  private final double tminSeconds;
  private final List<Integer> events;

  /**
   * Epochs.
   *
   * @param values {@code [epochs × channels × samples]}, row-major, in the units of the channels;
   *     not copied
   * @param channels at least 1
   * @param samples at least 1
   * @param sampleRateHz of the samples
   * @param tminSeconds of the first sample, on the event's clock
   */
  public Epochs(
      double[] values, int channels, int samples, double sampleRateHz, double tminSeconds) {
    this(values, channels, samples, sampleRateHz, tminSeconds, counted(values, channels, samples));
  }

  Epochs(
      double[] values,
      int channels,
      int samples,
      double sampleRateHz,
      double tminSeconds,
      List<Integer> events) {
    this.values = values;
    this.channels = channels;
    this.samples = samples;
    this.sampleRateHz = sampleRateHz;
    this.tminSeconds = tminSeconds;
    this.events = events;
  }

  private static List<Integer> counted(double[] values, int channels, int samples) {
    if (channels < 1 || samples < 1 || values.length % ((long) channels * samples) != 0) {
      throw new IllegalArgumentException(
          "values must be [epochs × channels × samples]; channels=%d, samples=%d, values=%d"
              .formatted(channels, samples, values.length));
    }
    List<Integer> all = new ArrayList<>();
    for (int e = 0; e < values.length / (channels * samples); e++) {
      all.add(e);
    }
    return List.copyOf(all);
  }

  /**
   * Cuts a recording: rows {@code event + round(tmin rate)} to {@code event + round(tmax rate)},
   * both included, as MNE does; −0.5 to 2.5 s at 120 Hz are 361 samples. What would reach beyond
   * the recording is left out ({@link #events()} says what is left).
   *
   * @param recording of a regular rate
   * @param picks indices of its channels
   * @param eventRows the row of each event, 0-based
   * @param tminSeconds first sample
   * @param tmaxSeconds last sample
   * @return the epochs
   * @throws InputException if the rate is irregular
   * @throws UnsupportedInputException if they are more values than one array holds
   */
  public static Epochs cut(
      Recording recording,
      List<Integer> picks,
      long[] eventRows,
      double tminSeconds,
      double tmaxSeconds) {
    EpochCutter.Span span = EpochCutter.Span.of(recording.info(), tminSeconds, tmaxSeconds);
    double rate = recording.info().sampleRateHz();
    int first = span.first();
    int samples = span.samples();
    List<Integer> kept = span.within(eventRows, recording.rows());
    int wide = recording.channels();
    double[] rows = new double[Math.multiplyExact(samples, wide)];
    int size = picks.size() * samples;
    double[] values = new double[span.size(kept.size(), picks.size())];
    for (int e = 0; e < kept.size(); e++) {
      recording.read(eventRows[kept.get(e)] + first, samples, rows, 0);
      for (int c = 0; c < picks.size(); c++) {
        for (int t = 0; t < samples; t++) {
          values[e * size + c * samples + t] = rows[t * wide + picks.get(c)];
        }
      }
    }
    return new Epochs(values, picks.size(), samples, rate, first / rate, kept);
  }

  /** Number of epochs. */
  public int count() {
    return values.length / (channels * samples);
  }

  /** Channels. */
  public int channels() {
    return channels;
  }

  /** Samples an epoch. */
  public int samples() {
    return samples;
  }

  /** Samples a second. */
  public double sampleRateHz() {
    return sampleRateHz;
  }

  /** Time of the first sample, seconds on the event's clock. */
  public double tminSeconds() {
    return tminSeconds;
  }

  /** Which event each epoch belongs to, by its index when they were cut. */
  public List<Integer> events() {
    return events;
  }

  /** The values themselves, {@code [epochs × channels × samples]}. */
  public double[] values() {
    return values;
  }

  /**
   * A copy of one epoch.
   *
   * @param epoch from 0
   * @return {@code [channels × samples]}
   */
  public double[] epoch(int epoch) {
    int size = channels * samples;
    return Arrays.copyOfRange(values, epoch * size, (epoch + 1) * size);
  }

  /** The same times with other values of as many samples. */
  Epochs with(double[] changed) {
    return new Epochs(changed, channels, samples, sampleRateHz, tminSeconds, events);
  }

  private double time(int sample) {
    return tminSeconds + sample / sampleRateHz;
  }

  /**
   * Takes each channel's mean of a stretch away, epoch by epoch.
   *
   * @param fromSeconds first sample of the stretch
   * @param toSeconds last sample, included
   * @return the epochs without it
   * @throws InputException if no sample lies in the stretch
   */
  public Epochs baseline(double fromSeconds, double toSeconds) {
    // Half a sample of tolerance on what rounding does to times.
    double slack = 1e-6 / sampleRateHz;
    int from = 0;
    int to = 0;
    while (from < samples && time(from) < fromSeconds - slack) {
      from++;
    }
    while (to < samples && time(to) <= toSeconds + slack) {
      to++;
    }
    if (from >= to) {
      throw new InputException(
          "a baseline needs a sample at least; from=%s, to=%s, epochs from %s to %s"
              .formatted(fromSeconds, toSeconds, tminSeconds, time(samples - 1)));
    }
    double[] changed = values.clone();
    for (int at = 0; at < changed.length; at += samples) {
      double sum = 0;
      for (int t = from; t < to; t++) {
        sum += values[at + t];
      }
      double mean = sum / (to - from);
      for (int t = 0; t < samples; t++) {
        changed[at + t] -= mean;
      }
    }
    return with(changed);
  }

  /**
   * A part of each epoch.
   *
   * @param from first sample
   * @param to sample after the last
   * @return the part; NICE keeps samples 50 to 300 of 250 Hz
   */
  public Epochs crop(int from, int to) {
    java.util.Objects.checkFromToIndex(from, to, samples);
    int size = to - from;
    double[] part = new double[values.length / samples * size];
    for (int row = 0; row < part.length / size; row++) {
      System.arraycopy(values, row * samples + from, part, row * size, size);
    }
    return new Epochs(part, channels, size, sampleRateHz, time(from), events);
  }

  /**
   * Resamples each epoch with a windowed sinc; its ends are taken to go on at their last value.
   *
   * @param resampler from the rate of these epochs to another
   * @return the epochs at that rate
   * @throws InputException if the resampler is for another rate
   */
  public Epochs resample(SincResampler resampler) {
    checkRate(resampler.fromHz());
    int size = resampler.outputRows(samples);
    double[] changed = new double[values.length / samples * size];
    for (int row = 0; row < values.length / samples; row++) {
      double[] line = Arrays.copyOfRange(values, row * samples, (row + 1) * samples);
      System.arraycopy(resampler.apply(line, 1), 0, changed, row * size, size);
    }
    return new Epochs(changed, channels, size, resampler.toHz(), tminSeconds, events);
  }

  /**
   * Resamples each epoch through its spectrum, as MNE does.
   *
   * @param resampler from the rate of these epochs to another
   * @return the epochs at that rate
   * @throws InputException if the resampler is for another rate
   */
  public Epochs resample(FourierResampler resampler) {
    checkRate(resampler.fromHz());
    double[] changed = resampler.apply(values, samples);
    return new Epochs(
        changed, channels, resampler.outputs(samples), resampler.toHz(), tminSeconds, events);
  }

  private void checkRate(int fromHz) {
    if (fromHz != sampleRateHz) {
      throw new InputException(
          "the resampler must be for the rate of the epochs; from=%d, rate=%s"
              .formatted(fromHz, sampleRateHz));
    }
  }

  /**
   * Some of the epochs.
   *
   * @param chosen indices among these
   * @return copies, in that order
   */
  public Epochs select(List<Integer> chosen) {
    int size = channels * samples;
    double[] some = new double[Math.multiplyExact(chosen.size(), size)];
    List<Integer> kept = new ArrayList<>();
    for (int e = 0; e < chosen.size(); e++) {
      System.arraycopy(values, chosen.get(e) * size, some, e * size, size);
      kept.add(events.get(chosen.get(e)));
    }
    return new Epochs(some, channels, samples, sampleRateHz, tminSeconds, List.copyOf(kept));
  }

  /**
   * Epochs of each condition, in the order in which conditions first appear.
   *
   * @param conditions one an epoch
   * @return indices by condition
   */
  static Map<Integer, List<Integer>> byCondition(int[] conditions) {
    Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
    for (int e = 0; e < conditions.length; e++) {
      groups.computeIfAbsent(conditions[e], k -> new ArrayList<>()).add(e);
    }
    return groups;
  }

  /**
   * Averages repetitions: one epoch a condition, in the order of first appearance; {@link
   * #events()} names each condition's first.
   *
   * @param conditions one an epoch
   * @param repetitions how many of each are averaged, chosen by the seed; all of those that have no
   *     more
   * @param seed for the choice
   * @return the averages
   */
  public Epochs average(int[] conditions, int repetitions, long seed) {
    if (conditions.length != count() || repetitions < 1) {
      throw new IllegalArgumentException(
          "conditions must be one an epoch and repetitions 1 at least; epochs=%d, conditions=%d, repetitions=%d"
              .formatted(count(), conditions.length, repetitions));
    }
    Random random = new Random(seed);
    int size = channels * samples;
    Map<Integer, List<Integer>> groups = byCondition(conditions);
    double[] means = new double[groups.size() * size];
    List<Integer> kept = new ArrayList<>();
    for (List<Integer> group : groups.values()) {
      List<Integer> chosen = new ArrayList<>(group);
      if (chosen.size() > repetitions) {
        Collections.shuffle(chosen, random);
        chosen = chosen.subList(0, repetitions);
      }
      int at = kept.size() * size;
      for (int e : chosen) {
        for (int i = 0; i < size; i++) {
          means[at + i] += values[e * size + i] / chosen.size();
        }
      }
      kept.add(events.get(group.get(0)));
    }
    return new Epochs(means, channels, samples, sampleRateHz, tminSeconds, List.copyOf(kept));
  }
}
