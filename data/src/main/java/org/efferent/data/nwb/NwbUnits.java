package org.efferent.data.nwb;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.hdf5.Hdf5Dataset;
import org.efferent.data.hdf5.Hdf5File;
import org.efferent.data.hdf5.Hdf5Node;

/**
 * The sorted units of a file. Spike times are read from the file when they are asked for; the file
 * must be open.
 */
public final class NwbUnits {
  private static final int MOST_LINES = 50;

  private final String file;
  private final List<String> ids;
  private final Optional<Hdf5Dataset> times;
  private final long[] ends;

  NwbUnits(Hdf5File hdf5) {
    this.file = hdf5.name();
    Hdf5Node node = hdf5.find("units").filter(Hdf5Node::isGroup).orElse(null);
    if (node == null) {
      ids = List.of();
      times = Optional.empty();
      ends = new long[0];
      return;
    }
    NwbTable table = new NwbTable(file, node);
    times = table.column("spike_times").filter(d -> d.isNumeric() && d.shape().length == 1);
    ends = times.isPresent() ? table.ends("spike_times") : new long[0];
    ids = table.texts("id");
  }

  /** Number of units. */
  public int size() {
    return Math.max(ids.size(), ends.length);
  }

  /**
   * The identifier that the file gives a unit.
   *
   * @param unit from 0
   * @return the number as text; that of the row if there is none
   */
  public String id(int unit) {
    Objects.checkIndex(unit, size());
    return unit < ids.size() ? ids.get(unit) : Integer.toString(unit);
  }

  /**
   * How many spikes a unit has.
   *
   * @param unit from 0
   */
  public long spikeCount(int unit) {
    Objects.checkIndex(unit, size());
    return unit < ends.length ? ends[unit] - start(unit) : 0;
  }

  private long start(int unit) {
    return unit == 0 ? 0 : ends[unit - 1];
  }

  /**
   * The times of a unit's spikes.
   *
   * @param unit from 0
   * @return seconds on the clock of the session, as the file has them
   * @throws org.efferent.core.InputException if the file is damaged
   * @throws UnsupportedInputException if they are more than an array holds
   */
  public double[] spikeTimes(int unit) {
    long count = spikeCount(unit);
    if (count > Integer.MAX_VALUE - 8) {
      throw new UnsupportedInputException(
          "%s: unit %s: %d spikes are more than one array holds".formatted(file, id(unit), count));
    }
    double[] spikes = new double[(int) count];
    if (count > 0) {
      times.orElseThrow().readFlat(start(unit), spikes.length, spikes, 0);
    }
    return spikes;
  }

  /** How many there are, and a line each for the first ones. */
  List<String> contents() {
    List<String> lines = new ArrayList<>();
    if (size() == 0) {
      return lines;
    }
    long all = ends.length == 0 ? 0 : ends[ends.length - 1];
    lines.add("units: %d with %d spikes".formatted(size(), all));
    for (int u = 0; u < Math.min(MOST_LINES, size()); u++) {
      lines.add("unit %s: %d spikes".formatted(id(u), spikeCount(u)));
    }
    if (size() > MOST_LINES) {
      lines.add("and %d more units".formatted(size() - MOST_LINES));
    }
    return lines;
  }
}
