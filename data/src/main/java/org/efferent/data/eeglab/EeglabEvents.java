package org.efferent.data.eeglab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.efferent.core.Marker;
import org.efferent.data.Shown;
import org.efferent.data.mat.MatStruct;

/**
 * Events as markers: {@code latency} counts samples from 1 and may lie between two, {@code
 * duration} counts samples. A boundary's duration is that of what was cut out and is not in the
 * recording, so its marker has none and the cut is told in the contents.
 */
final class EeglabEvents {
  private static final int MOST_CUTS = 100;

  private EeglabEvents() {}

  /**
   * The markers in order of time.
   *
   * @param start stamp of the first sample, seconds
   * @param contents cuts are added
   */
  static List<Marker> read(
      EeglabSet set, double rateHz, double start, List<String> contents, List<String> warnings) {
    Optional<MatStruct> events = set.structs("event");
    List<Marker> markers = new ArrayList<>();
    int lost = 0;
    int cuts = 0;
    for (int i = 0; i < events.map(MatStruct::size).orElse(0); i++) {
      double latency = events.get().number(i, "latency").orElse(Double.NaN);
      if (!Double.isFinite(latency)) {
        lost++;
        continue;
      }
      double time = start + (latency - 1) / rateHz;
      double samples = events.get().number(i, "duration").orElse(0);
      double duration = samples > 0 && Double.isFinite(samples) ? samples / rateHz : 0;
      String label = EeglabSet.text(events.get(), i, "type");
      if (label.toLowerCase(Locale.ROOT).startsWith("boundary")) {
        cuts++;
        if (duration > 0 && cuts <= MOST_CUTS) {
          contents.add(
              "cut: %s s were left out at %s s"
                  .formatted(Shown.number(duration), Shown.number(time)));
        }
        duration = 0;
      }
      markers.add(new Marker(time, duration, label.isEmpty() ? "event" : label));
    }
    if (cuts > MOST_CUTS) {
      contents.add("cuts: %d in all".formatted(cuts));
    }
    if (lost > 0) {
      warnings.add("%d events without a latency were left out".formatted(lost));
    }
    markers.sort(Comparator.comparingDouble(Marker::time));
    return markers;
  }
}
