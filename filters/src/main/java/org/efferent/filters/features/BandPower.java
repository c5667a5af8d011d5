package org.efferent.filters.features;

import java.util.ArrayList;
import java.util.List;
import org.efferent.core.UsageException;

/**
 * Band power of EEG: per band and channel the natural logarithm of the mean square of the
 * band-passed signal (unit squared, with a floor of 1e-30) over a window of the last bins, this one
 * included; over those there are while it fills. Causal. Rows that were lost count nothing.
 *
 * @param input the rows
 * @param bands at least one, each below half the rate
 * @param order of either side of the Butterworth band pass
 * @param windowSeconds length of the window, rounded to bins, at least one bin
 */
public record BandPower(FeatureInput input, List<Band> bands, int order, double windowSeconds)
    implements FeatureModel {
  /**
   * Checks the values and copies the list.
   *
   * @throws UsageException where a band is not below half the rate
   */
  public BandPower {
    bands = List.copyOf(bands);
    if (bands.isEmpty()) {
      throw new UsageException("band power needs at least one band; bands=0");
    }
    checkWindow(windowSeconds);
    for (Band band : bands) {
      SecondOrderSections.bandPass(order, band.lowHz(), band.highHz(), input.sampleRateHz());
    }
  }

  static void checkWindow(double windowSeconds) {
    if (!(windowSeconds > 0) || !(windowSeconds <= 60)) {
      throw new UsageException(
          "a window must be longer than 0 s and at most 60 s long; windowSeconds=" + windowSeconds);
    }
  }

  /** {@code BAND.CHANNEL} each, the channels of the first band first. */
  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Band band : bands) {
      input.channels().forEach(channel -> names.add(band + "." + channel));
    }
    return List.copyOf(names);
  }

  @Override
  public BinFeatures start(double binSeconds) {
    return new State(binSeconds);
  }

  private final class State implements BinFeatures {
    private final int channels = input.size();
    private final List<SectionFilter> filters = new ArrayList<>();
    private final PowerWindow window;
    private final double[] row = new double[channels];

    State(double binSeconds) {
      for (Band band : bands) {
        filters.add(
            new SectionFilter(
                SecondOrderSections.bandPass(
                    order, band.lowHz(), band.highHz(), input.sampleRateHz()),
                channels));
      }
      window = new PowerWindow(channels * bands.size(), windowSeconds, binSeconds);
    }

    @Override
    public void bin(double[] rows, int count, double[] into, int at) {
      window.begin();
      for (int r = 0; r < count; r++) {
        for (int b = 0; b < filters.size(); b++) {
          System.arraycopy(rows, r * channels, row, 0, channels);
          filters.get(b).apply(row, 0);
          for (int c = 0; c < channels; c++) {
            if (SectionFilter.usable(rows[r * channels + c])) {
              window.add(b * channels + c, row[c]);
            }
          }
        }
      }
      window.end(into, at);
    }

    @Override
    public void reset() {
      filters.forEach(SectionFilter::reset);
      window.reset();
    }
  }
}
