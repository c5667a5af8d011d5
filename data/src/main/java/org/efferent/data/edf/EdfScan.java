package org.efferent.data.edf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.efferent.core.Marker;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;

/**
 * One pass over what says when something happened: the annotation signals and the trigger channels.
 */
final class EdfScan implements TalParser.Listener {
  // A channel that changes more often than this carries no triggers.
  private static final int MOST_TRIGGERS = 1_000_000;
  private static final int MOST_WARNINGS = 20;
  private static final int TRIGGER_BITS = 0x1FFFF;

  private final EdfHeader header;
  private final FileBytes file;
  private final List<String> warnings;
  private final List<Marker> annotations = new ArrayList<>();
  private final List<Trigger> triggers = new ArrayList<>();
  private double[] onsets;
  private double firstOnset;
  private long record;
  private boolean timekeeping;
  private long damaged;

  private record Trigger(long record, int sample, int samples, int value) {}

  EdfScan(EdfHeader header, FileBytes file, List<String> warnings) {
    this.header = header;
    this.file = file;
    this.warnings = warnings;
  }

  /** Reads all of it. */
  void run() throws IOException {
    List<EdfSignal> lists = header.signals.stream().filter(EdfSignal::isAnnotations).toList();
    if (header.isPlus() && lists.isEmpty()) {
      warnings.add("the header says " + header.format() + ", but there is no annotation signal");
    }
    EdfRecords records = new EdfRecords(header, file);
    if (!lists.isEmpty()) {
      if (header.records > Integer.MAX_VALUE - 8) {
        throw new UnsupportedInputException(
            "%s: more than 2^31 data records with annotations are not supported; records=%d"
                .formatted(file.name(), header.records));
      }
      onsets = new double[(int) header.records];
    }
    List<TriggerEdges> edges =
        header.signals.stream()
            .filter(s -> EdfChannels.isTrigger(s.label()))
            .map(TriggerEdges::new)
            .toList();
    if (lists.isEmpty() && edges.isEmpty()) {
      return;
    }
    for (record = 0; record < header.records; record++) {
      for (int i = 0; i < lists.size(); i++) {
        timekeeping = i == 0;
        if (i == 0) {
          onsets[(int) record] = Double.NaN;
        }
        EdfSignal signal = lists.get(i);
        byte[] bytes = records.bytes(record, signal);
        int at = records.at;
        TalParser.parse(bytes, at, at + signal.samples() * header.width(), this);
      }
      for (TriggerEdges edge : edges) {
        edge.look(records);
      }
    }
    if (damaged > MOST_WARNINGS) {
      warnings.add("and %d more damaged annotation lists".formatted(damaged - MOST_WARNINGS));
    }
    finishOnsets();
  }

  /** Seconds between the header's start and the first sample. */
  double firstOnset() {
    return firstOnset;
  }

  /**
   * When the data records start, seconds after the first sample.
   *
   * @return null where each follows the one before
   */
  double[] onsets() {
    return onsets;
  }

  /** Annotations and triggers, seconds after the first sample, in order of time. */
  List<Marker> markers() {
    List<Marker> all = new ArrayList<>(annotations.size() + triggers.size());
    Set<Marker> told = new HashSet<>();
    for (Marker m : annotations) {
      all.add(new Marker(m.time() - firstOnset, m.durationSeconds(), m.label()));
      told.add(key(m.time() - firstOnset, m.label()));
    }
    for (Trigger t : triggers) {
      // The same sums as the stamps', so that a trigger is exactly at its sample.
      double rate = t.samples() / header.recordSeconds;
      double time =
          onsets == null
              ? (t.record() * t.samples() + t.sample()) / rate
              : onsets[(int) t.record()] + t.sample() / rate;
      Marker marker = new Marker(time, Integer.toString(t.value()));
      if (told.add(key(marker.time(), marker.label()))) {
        all.add(marker);
      }
    }
    all.sort(Comparator.comparingDouble(Marker::time));
    return all;
  }

  /** A copy may hold its triggers twice, in the channel and as annotations: told once. */
  private static Marker key(double seconds, String label) {
    return new Marker(Math.rint(seconds * 1e5), label);
  }

  @Override
  public void recordStart(double onset) {
    if (timekeeping) {
      onsets[(int) record] = onset;
    }
  }

  @Override
  public void annotation(double onset, double duration, String text) {
    annotations.add(new Marker(onset, duration, text));
  }

  @Override
  public void damaged(String why) {
    if (damaged++ < MOST_WARNINGS) {
      warnings.add("data record %d: %s; it was left out".formatted(record, why));
    }
  }

  private void finishOnsets() {
    if (onsets == null || onsets.length == 0) {
      onsets = null;
      return;
    }
    firstOnset = Double.isNaN(onsets[0]) ? 0 : onsets[0];
    double shortest =
        header.signals.stream()
            .filter(s -> !s.isAnnotations())
            .mapToDouble(s -> header.recordSeconds / s.samples())
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    long jumps = 0;
    long missing = 0;
    long firstJump = -1;
    for (int i = 0; i < onsets.length; i++) {
      double expected = i == 0 ? 0 : onsets[i - 1] + header.recordSeconds;
      if (Double.isNaN(onsets[i])) {
        missing++;
        onsets[i] = expected;
      } else {
        onsets[i] -= firstOnset;
      }
      if (Math.abs(onsets[i] - expected) > shortest / 2 && jumps++ == 0) {
        firstJump = i;
      }
    }
    if (missing > 0 && header.isPlus()) {
      warnings.add(
          "%d data records do not say when they start; they follow the one before"
              .formatted(missing));
    }
    if (jumps > 0 && !header.isDiscontinuous()) {
      warnings.add(
          "the header says %s, but data record %d does not follow the one before (%d such); it is read as continuous"
              .formatted(header.format(), firstJump, jumps));
    }
    if (jumps == 0 || !header.isDiscontinuous()) {
      onsets = null;
    }
  }

  /**
   * Where a trigger channel rises: the value is larger than the one before, as MNE-Python's {@code
   * find_events} has it. A value at the very beginning is none. Of values only the lowest 17 bits
   * count, BioSemi's triggers and its epoch bit.
   */
  private final class TriggerEdges {
    private final EdfSignal signal;
    private final EdfRecords.Decoder decoder;
    private final double[] values;
    private int before;
    private boolean begun;
    private int count;

    TriggerEdges(EdfSignal signal) {
      this.signal = signal;
      this.decoder = new EdfRecords.Decoder(signal.range(), header.bdf, header.bdf);
      this.values = new double[Math.min(signal.samples(), 4096)];
    }

    void look(EdfRecords records) throws IOException {
      if (count > MOST_TRIGGERS) {
        return;
      }
      byte[] bytes = records.bytes(record, signal);
      int at = records.at;
      for (int first = 0; first < signal.samples(); first += values.length) {
        int n = Math.min(values.length, signal.samples() - first);
        decoder.decode(bytes, at + first * header.width(), n, values, 0, 1);
        for (int i = 0; i < n; i++) {
          int value = (int) values[i] & TRIGGER_BITS;
          if (begun && value > before) {
            add(first + i, value);
          }
          begun = true;
          before = value;
        }
      }
    }

    private void add(int sample, int value) {
      if (++count > MOST_TRIGGERS) {
        warnings.add(
            "channel '%s' rises more than %d times; only these are markers"
                .formatted(signal.label(), MOST_TRIGGERS));
        return;
      }
      triggers.add(new Trigger(record, sample, signal.samples(), value));
    }
  }
}
