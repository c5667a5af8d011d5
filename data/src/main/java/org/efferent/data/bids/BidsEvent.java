package org.efferent.data.bids;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.Marker;
import org.efferent.data.npy.PyLiteral;

/**
 * A row of an {@code events.tsv}.
 *
 * @param onset seconds from the recording's first sample
 * @param durationSeconds how long; 0 if not known
 * @param label {@code trial_type}, or {@code value}; of a dict its kind and what it is of
 * @param details where {@code trial_type} is a dict of Python (MEG-MASC), its entries; else empty
 */
public record BidsEvent(
    double onset, double durationSeconds, String label, Map<String, Object> details) {
  /** Copies the map. */
  public BidsEvent {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /**
   * The events of a table; LibriBrain's {@code timemeg}, {@code kind} and {@code segment} are
   * understood too. Rows without an onset are left out.
   *
   * @param table the table
   * @return the events in the order of the table
   * @throws InputException if it has no onsets, or a cell is no number
   */
  public static List<BidsEvent> of(TsvTable table) {
    String onset = table.columns().contains("onset") ? "onset" : "timemeg";
    if (!table.columns().contains(onset)) {
      throw new InputException(
          table.name()
              + ": line 1 must have a column onset; it has "
              + String.join(", ", table.columns()));
    }
    List<BidsEvent> events = new ArrayList<>();
    for (int i = 0; i < table.rows(); i++) {
      double time = table.number(i, onset);
      double duration = table.number(i, "duration");
      if (Double.isFinite(time)) {
        Map<String, Object> details = details(table.text(i, "trial_type"));
        double length = duration > 0 && Double.isFinite(duration) ? duration : 0;
        events.add(new BidsEvent(time, length, label(table, i, details), details));
      }
    }
    return events;
  }

  private static Map<String, Object> details(String text) {
    Map<String, Object> details = new LinkedHashMap<>();
    try {
      if (text.startsWith("{") && PyLiteral.parse(text) instanceof Map<?, ?> map) {
        map.forEach((key, value) -> details.put(String.valueOf(key), value));
      }
      return details.isEmpty() ? Map.of() : details;
    } catch (PyLiteral.SyntaxException e) {
      // Then it is a text like any other.
      return Map.of();
    }
  }

  private static String label(TsvTable table, int row, Map<String, Object> details) {
    if (details.get("kind") instanceof String kind) {
      Object what = details.get(kind);
      return what instanceof String text ? kind + ":" + text : kind;
    }
    for (String column : List.of("trial_type", "value", "stim_file")) {
      String text = table.text(row, column);
      if (!text.isEmpty()) {
        return text;
      }
    }
    String kind = table.text(row, "kind");
    String segment = table.text(row, "segment");
    return kind.isEmpty() ? "event" : segment.isEmpty() ? kind : kind + ":" + segment;
  }

  Marker marker(double start) {
    return new Marker(start + onset, durationSeconds, label);
  }
}
