package org.efferent.data.nwb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.Marker;
import org.efferent.data.Shown;
import org.efferent.data.hdf5.Hdf5Dataset;
import org.efferent.data.hdf5.Hdf5Node;

/**
 * What happened: rows of tables of intervals (trials, epochs, …), labelled {@code trials:
 * side=left, correct=1} or {@code trials 3} if the table has no further columns; annotations; the
 * intervals of an {@code IntervalSeries}.
 */
final class NwbMarkers {
  private static final int MOST_COLUMNS = 8;
  private static final int MOST_CHARACTERS = 200;
  private static final List<String> NO_LABELS =
      List.of("start_time", "stop_time", "id", "tags", "timeseries");

  private NwbMarkers() {}

  /** The rows of a table of intervals. */
  static void intervals(String file, Hdf5Node group, List<Marker> markers, List<String> contents) {
    NwbTable table = new NwbTable(file, group);
    double[] starts = table.numbers("start_time");
    double[] stops = table.numbers("stop_time");
    List<String> ids = table.texts("id");
    List<String> names =
        table.plain(starts.length).stream().filter(n -> !NO_LABELS.contains(n)).toList();
    List<List<String>> columns = new ArrayList<>();
    for (String name : names.subList(0, Math.min(MOST_COLUMNS, names.size()))) {
      columns.add(table.texts(name));
    }
    for (int i = 0; i < starts.length; i++) {
      StringBuilder label = new StringBuilder(group.name());
      for (int c = 0; c < columns.size(); c++) {
        label.append(c == 0 ? ": " : ", ").append(names.get(c)).append('=');
        label.append(columns.get(c).get(i));
      }
      if (columns.isEmpty()) {
        label.append(' ').append(i < ids.size() ? ids.get(i) : Integer.toString(i));
      }
      if (label.length() > MOST_CHARACTERS) {
        label.setLength(MOST_CHARACTERS);
        label.append('…');
      }
      double length = i < stops.length ? stops[i] - starts[i] : 0;
      add(markers, starts[i], length, label.toString());
    }
    contents.add(
        "%s: %d intervals%s"
            .formatted(
                group.name(),
                starts.length,
                names.isEmpty() ? "" : " with " + String.join(", ", names)));
  }

  private static void add(List<Marker> markers, double time, double length, String label) {
    if (Double.isFinite(time)) {
      markers.add(new Marker(time, length > 0 && Double.isFinite(length) ? length : 0, label));
    }
  }

  /** The texts of an {@code AnnotationSeries}. */
  static void annotations(Hdf5Dataset data, Hdf5Dataset stamps, List<Marker> markers) {
    List<String> texts = data.texts();
    double[] times = stamps.doubles();
    for (int i = 0; i < Math.min(texts.size(), times.length); i++) {
      add(markers, times[i], 0, texts.get(i));
    }
  }

  /** An {@code IntervalSeries}: a positive number begins an interval, its negative ends it. */
  static void intervals(
      Hdf5Node group, Hdf5Dataset data, Hdf5Dataset stamps, List<Marker> markers) {
    double[] kinds = data.doubles();
    double[] times = stamps.doubles();
    Map<Double, Double> open = new HashMap<>();
    for (int i = 0; i < Math.min(kinds.length, times.length); i++) {
      if (kinds[i] > 0) {
        open.put(kinds[i], times[i]);
      } else if (open.containsKey(-kinds[i])) {
        double start = open.remove(-kinds[i]);
        add(markers, start, times[i] - start, label(group, -kinds[i]));
      }
    }
    open.forEach((kind, start) -> add(markers, start, 0, label(group, kind)));
  }

  private static String label(Hdf5Node group, double kind) {
    return kind == 1 ? group.name() : group.name() + " " + Shown.number(kind);
  }
}
