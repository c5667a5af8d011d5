package org.efferent.data.nwb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.efferent.core.ChannelInfo;
import org.efferent.core.SensorPosition;
import org.efferent.core.SensorPosition.Frame;
import org.efferent.data.hdf5.Hdf5File;
import org.efferent.data.hdf5.Hdf5Node;

/**
 * The table of electrodes. NWB does not say the unit of {@code x}, {@code y} and {@code z}: if the
 * description of the column names one it is taken, otherwise the median distance from the origin
 * tells it (up to 0.3 metres, up to 300 millimetres, beyond that micrometres). The axes are those
 * of the file.
 */
final class NwbElectrodes {
  private static final String TABLE = "general/extracellular_ephys/electrodes";
  private static final int MOST_NAMES = 8;

  private final List<ChannelInfo> channels = new ArrayList<>();
  private final List<String> groups;
  private final List<String> locations;

  NwbElectrodes(Hdf5File file, List<String> warnings) {
    Hdf5Node node = file.find(TABLE).filter(Hdf5Node::isGroup).orElse(null);
    if (node == null) {
      groups = List.of();
      locations = List.of();
      return;
    }
    NwbTable table = new NwbTable(file.name(), node);
    groups = table.texts("group_name");
    locations = table.texts("location");
    List<String> ids = table.texts("id");
    List<String> labels = List.of();
    for (String column : List.of("label", "channel_name", "electrode_name")) {
      labels = labels.isEmpty() ? table.texts(column) : labels;
    }
    double[][] at = {table.numbers("x"), table.numbers("y"), table.numbers("z")};
    double scale = metres(node, at, warnings);
    for (int i = 0; i < ids.size(); i++) {
      String label = i < labels.size() ? labels.get(i) : "";
      ChannelInfo channel = new ChannelInfo(label.isBlank() ? ids.get(i) : label.strip(), "", "");
      if (i < at[0].length && i < at[1].length && i < at[2].length) {
        double x = at[0][i] * scale;
        double y = at[1][i] * scale;
        double z = at[2][i] * scale;
        if (Double.isFinite(x + y + z)) {
          channel = channel.at(new SensorPosition(Frame.TEMPLATE, x, y, z));
        }
      }
      channels.add(channel);
    }
  }

  private static double metres(Hdf5Node table, double[][] at, List<String> warnings) {
    int n = Math.min(at[0].length, Math.min(at[1].length, at[2].length));
    double[] distances = new double[n];
    for (int i = 0; i < n; i++) {
      distances[i] = Math.hypot(Math.hypot(at[0][i], at[1][i]), at[2][i]);
    }
    distances =
        Arrays.stream(distances).filter(d -> d > 0 && Double.isFinite(d)).sorted().toArray();
    if (distances.length == 0) {
      return 1;
    }
    String said =
        table
            .child("x")
            .flatMap(x -> x.text("unit").or(() -> x.text("description")))
            .orElse("")
            .toLowerCase(Locale.ROOT);
    if (said.matches(".*(micromet|micron|\\bum\\b|µm|μm).*")) {
      return 1e-6;
    }
    if (said.matches(".*(millimet|\\bmm\\b).*")) {
      return 1e-3;
    }
    if (said.matches(".*\\b(met(er|re)s?|m)\\b.*")) {
      return 1;
    }
    double median = distances[distances.length / 2];
    double scale = median <= 0.3 ? 1 : median <= 300 ? 1e-3 : 1e-6;
    warnings.add(
        "the file does not say the unit of its electrodes' positions; %s by their size"
            .formatted(scale == 1 ? "metres" : scale == 1e-3 ? "millimetres" : "micrometres"));
    return scale;
  }

  int size() {
    return channels.size();
  }

  ChannelInfo get(int row) {
    return channels.get(row);
  }

  /** One line; none if there are no electrodes. */
  List<String> contents() {
    if (channels.isEmpty()) {
      return List.of();
    }
    StringBuilder line = new StringBuilder("electrodes: ").append(channels.size());
    list(line, "; groups ", groups);
    list(line, "; locations ", locations);
    return List.of(line.toString());
  }

  private static void list(StringBuilder line, String what, List<String> names) {
    Map<String, Integer> counts = new TreeMap<>();
    names.stream().filter(n -> !n.isBlank()).forEach(n -> counts.merge(n, 1, Integer::sum));
    if (!counts.isEmpty()) {
      List<String> shown =
          counts.entrySet().stream()
              .limit(MOST_NAMES)
              .map(e -> e.getKey() + " (" + e.getValue() + ")")
              .toList();
      line.append(what).append(String.join(", ", shown));
      line.append(counts.size() > MOST_NAMES ? ", …" : "");
    }
  }
}
