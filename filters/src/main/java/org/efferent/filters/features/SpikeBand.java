package org.efferent.filters.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.efferent.core.InputException;
import org.efferent.core.Recording;

/**
 * The spike band of raw voltage, learned from a block of reference: band pass, then the mean of the
 * quietest channels (lowest RMS in the band) taken away from all, then each channel's RMS. A
 * channel that did not vary in the block is dead: it is no part of the mean and says nothing.
 * Immutable.
 */
public final class SpikeBand {
  private final FeatureInput input;
  private final SpikeBandOptions options;
  private final int[] quiet;
  private final double[] rms;
  private final SecondOrderSections filter;

  /**
   * A band of given parts.
   *
   * @param input the raw rows
   * @param options filter and reference
   * @param quiet channels whose mean is taken away, from 0
   * @param rms each channel's RMS after that, {@code [channels]}, in its unit; 0 if dead
   */
  SpikeBand(FeatureInput input, SpikeBandOptions options, int[] quiet, double[] rms) {
    this.input = input;
    this.options = options;
    this.quiet = quiet.clone();
    this.rms = rms.clone();
    if (rms.length != input.size()
        || Arrays.stream(quiet).anyMatch(c -> c < 0 || c >= rms.length)
        || Arrays.stream(rms).anyMatch(v -> !(v >= 0) || Double.isInfinite(v))) {
      throw new InputException(
          "a spike band must have one RMS a channel, not negative, and a reference of its channels;"
              + " channels="
              + input.size()
              + ", rms="
              + rms.length
              + ", reference="
              + Arrays.toString(quiet));
    }
    filter =
        SecondOrderSections.bandPass(
            options.order(), options.lowHz(), options.highHz(), input.sampleRateHz());
  }

  /**
   * Learns a band.
   *
   * @param reference raw voltage, a minute of rest for example; read twice, by range
   * @param options filter and reference
   * @return the band
   * @throws InputException where the block has no rows or no channel varies
   * @throws org.efferent.core.UsageException where a corner does not lie below half the rate
   */
  public static SpikeBand fit(Recording reference, SpikeBandOptions options) {
    FeatureInput input = FeatureInput.of(reference.info());
    SpikeBand none = new SpikeBand(input, options, new int[0], new double[input.size()]);
    double[] power = none.rms(reference, null);
    boolean[] alive = new boolean[power.length];
    List<Integer> varying = new ArrayList<>();
    for (int c = 0; c < power.length; c++) {
      alive[c] = power[c] > 0;
      if (alive[c]) {
        varying.add(c);
      }
    }
    if (varying.isEmpty()) {
      throw new InputException(
          "%s: a block of reference must have a channel that varies; rows=%d, channels=%d"
              .formatted(reference.info().name(), reference.rows(), power.length));
    }
    varying.sort(Comparator.comparingDouble(c -> power[c]));
    int[] quiet =
        IntStream.range(0, Math.min(options.quietChannels(), varying.size()))
            .map(varying::get)
            .sorted()
            .toArray();
    SpikeBand referenced = new SpikeBand(input, options, quiet, power);
    return new SpikeBand(input, options, quiet, referenced.rms(reference, alive));
  }

  private double[] rms(Recording reference, boolean[] alive) {
    int channels = input.size();
    double[] first = new double[channels];
    Arrays.fill(first, Double.NaN);
    boolean[] varies = new boolean[channels];
    double[] sum = new double[channels];
    long[] count = new long[channels];
    double[] row = new double[channels];
    State state = new State();
    FeatureStream.eachChunk(
        reference,
        chunk -> {
          for (int r = 0; r < chunk.rows(); r++) {
            int at = r * channels;
            state.row(chunk.values(), at, row);
            for (int c = 0; c < channels; c++) {
              double raw = chunk.values()[at + c];
              if (SectionFilter.usable(raw)) {
                first[c] = Double.isNaN(first[c]) ? raw : first[c];
                varies[c] |= raw != first[c];
                sum[c] += row[c] * row[c];
                count[c]++;
              }
            }
          }
        });
    for (int c = 0; c < channels; c++) {
      boolean counts = varies[c] && (alive == null || alive[c]);
      sum[c] = counts ? Math.sqrt(sum[c] / count[c]) : 0;
    }
    return sum;
  }

  /** The raw rows. */
  public FeatureInput input() {
    return input;
  }

  /** Filter and reference. */
  public SpikeBandOptions options() {
    return options;
  }

  /** A copy of the channels whose mean is taken away, from 0, ascending. */
  public int[] quietChannels() {
    return quiet.clone();
  }

  /** A copy of the channels' RMS after the reference, {@code [channels]}; 0 if dead. */
  public double[] rms() {
    return rms.clone();
  }

  /** How many channels are dead. */
  public int deadChannels() {
    return (int) Arrays.stream(rms).filter(v -> v == 0).count();
  }

  State start() {
    return new State();
  }

  /** The band at work. */
  final class State {
    private final SectionFilter sections = new SectionFilter(filter, input.size());

    /** Filters and references one row of raw values into another. */
    void row(double[] raw, int at, double[] into) {
      System.arraycopy(raw, at, into, 0, into.length);
      sections.apply(into, 0);
      double sum = 0;
      int used = 0;
      for (int c : quiet) {
        if (SectionFilter.usable(raw[at + c])) {
          sum += into[c];
          used++;
        }
      }
      if (used > 0) {
        double mean = sum / used;
        for (int c = 0; c < into.length; c++) {
          into[c] -= mean;
        }
      }
    }

    void reset() {
      sections.reset();
    }
  }
}
