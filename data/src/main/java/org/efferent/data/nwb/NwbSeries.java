package org.efferent.data.nwb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.StreamInfo;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.hdf5.Hdf5Dataset;
import org.efferent.data.hdf5.Hdf5File;
import org.efferent.data.hdf5.Hdf5Node;

/** Makes a recording of a series of numbers ({@code TimeSeries} and what extends it). */
final class NwbSeries {
  private static final int MOST_CHANNELS = 1 << 20;
  private static final int STAMPS = 4096;

  private final Hdf5File file;
  private final Hdf5Node group;
  private final boolean lfp;
  private final List<String> warnings;

  NwbSeries(Hdf5File file, Hdf5Node group, boolean lfp, List<String> warnings) {
    this.file = file;
    this.group = group;
    this.lfp = lfp;
    this.warnings = warnings;
  }

  static String type(Hdf5Node node) {
    return node.text("neurodata_type").orElse("");
  }

  /** Whether a group is a series. */
  static boolean is(Hdf5Node group) {
    Map<String, String> links = group.externalLinks();
    return (group.child("data").filter(n -> !n.isGroup()).isPresent() || links.containsKey("data"))
        && (group.child("timestamps").isPresent()
            || group.child("starting_time").isPresent()
            || links.containsKey("timestamps"));
  }

  /** Refuses what lies in other files. */
  static UnsupportedInputException refused(String file, String path, String target) {
    return new UnsupportedInputException(
        "%s: %s: is a link to %s; links into other files are not followed; copy what is meant into this file"
            .formatted(file, path, target));
  }

  /** A data set of the series. */
  private Optional<Hdf5Dataset> dataset(String name) {
    String target = group.externalLinks().get(name);
    if (target != null) {
      throw refused(file.name(), group.path() + "/" + name, target);
    }
    return group.child(name).filter(n -> !n.isGroup()).map(Hdf5Node::dataset);
  }

  /** Whether the values are electric potentials of electrodes in the table. */
  boolean electrical() {
    return type(group).equals("ElectricalSeries")
        || (group.child("electrodes").isPresent() && !type(group).equals("SpikeEventSeries"));
  }

  /** The recording, without markers; empty if its values are no numbers over time. */
  Optional<NwbRecording> read(NwbElectrodes electrodes) {
    Hdf5Dataset data = dataset("data").orElseThrow();
    long[] shape = data.shape();
    if (!data.isNumeric() || shape.length < 1 || shape.length > 2) {
      return Optional.empty();
    }
    long channels = shape.length == 1 ? 1 : shape[1];
    if (channels < 1 || channels > MOST_CHANNELS) {
      return Optional.empty();
    }
    Hdf5Node node = group.child("data").orElseThrow();
    double conversion = first(node.numbers("conversion"), 1);
    double[] scale = new double[(int) channels];
    Arrays.fill(scale, conversion);
    dataset("channel_conversion")
        .ifPresent(
            d -> {
              double[] factors = d.doubles();
              if (factors.length != scale.length) {
                throw new InputException(
                    "%s: %s/channel_conversion: must have a factor a channel; factors=%d, channels=%d"
                        .formatted(file.name(), group.path(), factors.length, scale.length));
              }
              for (int c = 0; c < scale.length; c++) {
                scale[c] *= factors[c];
              }
            });
    NwbRecording.Series series = timed(data, scale, first(node.numbers("offset"), 0));
    String unit = node.text("unit").orElse("");
    String type = electrical() ? lfp ? "LFP" : "Ephys" : type(group);
    StreamInfo info =
        new StreamInfo(
            group.path().replaceFirst("^/", ""),
            type,
            series.rateHz(),
            "",
            channels(electrodes, scale.length, unit));
    return Optional.of(new NwbRecording(file, series, info, List.of()));
  }

  private NwbRecording.Series timed(Hdf5Dataset data, double[] scale, double offset) {
    long rows = data.shape()[0];
    Optional<Hdf5Dataset> stamps =
        dataset("timestamps").filter(d -> d.isNumeric() && d.shape().length == 1);
    if (stamps.isPresent()) {
      if (stamps.get().elements() != rows) {
        long less = Math.min(rows, stamps.get().elements());
        warnings.add(
            "%s: has %d samples and %d timestamps; %d are read"
                .formatted(group.path(), rows, stamps.get().elements(), less));
        rows = less;
      }
      return NwbRecording.Series.stamped(
          data, rows, scale, offset, rate(stamps.get()), stamps.get());
    }
    Hdf5Node start =
        group
            .child("starting_time")
            .filter(n -> !n.isGroup())
            .orElseThrow(
                () ->
                    new InputException(
                        "%s: %s: must have timestamps or a starting_time; it has neither"
                            .formatted(file.name(), group.path())));
    double rate = first(start.numbers("rate"), Double.NaN);
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new InputException(
          "%s: %s/starting_time: its rate must be positive; rate=%s"
              .formatted(file.name(), group.path(), rate));
    }
    double first = first(start.dataset().doubles(), 0);
    return NwbRecording.Series.regular(
        data, scale, offset, Double.isFinite(first) ? first : 0, rate);
  }

  /**
   * The rate of stamps, if nine of ten steps among the first thousands differ by less than a tenth
   * from the median; 0 otherwise.
   */
  static double rate(double[] stamps) {
    double[] steps = new double[Math.max(0, stamps.length - 1)];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = stamps[i + 1] - stamps[i];
    }
    double[] sorted = steps.clone();
    Arrays.sort(sorted);
    double median = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    double[] near = Arrays.stream(steps).filter(s -> Math.abs(s - median) < 0.1 * median).toArray();
    if (near.length == 0 || near.length < 0.9 * steps.length) {
      return 0;
    }
    double rate = near.length / Arrays.stream(near).sum();
    double whole = Math.rint(rate);
    double best = Math.abs(rate - whole) < 1e-4 * rate ? whole : rate;
    return Double.isFinite(best) ? best : 0;
  }

  private static double rate(Hdf5Dataset stamps) {
    double[] some = new double[(int) Math.min(STAMPS, stamps.elements())];
    stamps.readFlat(0, some.length, some, 0);
    return rate(some);
  }

  private List<ChannelInfo> channels(NwbElectrodes electrodes, int count, String unit) {
    double[] rows =
        electrical()
            ? dataset("electrodes")
                .filter(Hdf5Dataset::isNumeric)
                .map(Hdf5Dataset::doubles)
                .orElse(new double[0])
            : new double[0];
    List<ChannelInfo> channels = new ArrayList<>(count);
    for (int c = 0; c < count; c++) {
      int row = c < rows.length && rows[c] < electrodes.size() ? (int) rows[c] : -1;
      String kind = electrical() && lfp ? "LFP" : "";
      if (row < 0) {
        String label = count == 1 ? group.name() : Integer.toString(c + 1);
        channels.add(new ChannelInfo(label, kind, unit));
      } else {
        ChannelInfo e = electrodes.get(row);
        channels.add(new ChannelInfo(e.label(), kind, unit, e.position()));
      }
    }
    return channels;
  }

  private static double first(double[] numbers, double otherwise) {
    return numbers.length == 0 ? otherwise : numbers[0];
  }
}
