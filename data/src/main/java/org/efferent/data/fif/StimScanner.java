package org.efferent.data.fif;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the rising steps of one trigger channel as {@code mne.find_events(shortest_event=1)} does:
 * values are cut to integers without sign; a step to a larger value is an event; the value of the
 * first sample is none.
 */
final class StimScanner {
  private final int channel;
  private final List<FifEvent> events = new ArrayList<>();
  private long before = -1;

  StimScanner(int channel) {
    this.channel = channel;
  }

  int channel() {
    return channel;
  }

  void next(long sample, double value) {
    long now = Math.abs((long) value);
    if (now != before) {
      if (now > before && before >= 0) {
        events.add(new FifEvent(sample, before, now));
      }
      before = now;
    }
  }

  List<FifEvent> events() {
    return events;
  }

  /**
   * The trigger channels that count: the one that combines all lines if there is one, as MNE looks
   * for it, else all of the kind.
   */
  static int[] channels(List<FifChannel> channels) {
    for (String combined : new String[] {"STI101", "STI 014"}) {
      for (int i = 0; i < channels.size(); i++) {
        if (channels.get(i).name().equals(combined)) {
          return new int[] {i};
        }
      }
    }
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < channels.size(); i++) {
      if (channels.get(i).isStimulus()) {
        all.add(i);
      }
    }
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The events of several channels in order of time, each once. */
  static List<FifEvent> merged(List<StimScanner> scanners) {
    Set<FifEvent> once = new LinkedHashSet<>();
    scanners.forEach(s -> once.addAll(s.events()));
    List<FifEvent> all = new ArrayList<>(once);
    if (scanners.size() > 1) {
      all.sort((a, b) -> Long.compare(a.sample(), b.sample()));
    }
    return all;
  }
}
