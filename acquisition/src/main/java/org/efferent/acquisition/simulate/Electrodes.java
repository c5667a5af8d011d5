package org.efferent.acquisition.simulate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.efferent.core.ChannelInfo;
import org.efferent.core.SensorPosition;
import org.efferent.core.UsageException;
import org.efferent.data.montage.Montage;

/** Electrodes of the 10-05 system: where they are, and how strongly they see a source. */
final class Electrodes {
  /** So many as are wanted, from the front of this list: each beginning covers the head. */
  private static final List<String> PREFERRED =
      List.of(
          ("Cz Pz Fz Oz C3 C4 PO7 PO8 Fp1 Fp2 F3 F4 P3 P4 O1 O2 F7 F8 T7 T8 P7 P8 FC1 FC2 CP1 CP2"
                  + " FC5 FC6 CP5 CP6 PO3 PO4 AF3 AF4 FCz CPz POz F1 F2 F5 F6 FC3 FC4 C1 C2 C5 C6"
                  + " CP3 CP4 P1 P2 P5 P6 AF7 AF8 FT7 FT8 TP7 TP8 AFz Fpz Iz FT9 FT10 TP9 TP10 F9"
                  + " F10 P9 P10 PO9 PO10")
              .split(" "));

  private static final List<String> ROWS =
      List.of("N NFp Fp AFp AF AFF F FFC FC FCC C CCP CP CPP P PPO PO POO O OI I".split(" "));

  private final List<ChannelInfo> channels = new ArrayList<>();
  private final List<double[]> directions = new ArrayList<>();

  /**
   * Electrodes by label.
   *
   * @throws UsageException if one is not of the 10-05 system, or named twice
   */
  Electrodes(List<String> labels) {
    Montage montage = Montage.named("standard_1005");
    Set<String> seen = new LinkedHashSet<>();
    for (String label : labels) {
      SensorPosition position = find(montage, label);
      if (!seen.add(label)) {
        throw new UsageException("an electrode is named once; electrode='" + label + "'");
      }
      channels.add(new ChannelInfo(label, "EEG", "microvolts").at(position));
      directions.add(direction(position));
    }
  }

  private static SensorPosition find(Montage montage, String label) {
    return montage
        .find(label)
        .orElseThrow(
            () ->
                new UsageException(
                    "an electrode is one of the 10-05 system, such as Cz or FC5h; electrode='"
                        + label
                        + "'"));
  }

  /** The direction of an electrode from the centre of the head, a unit vector. */
  static double[] direction(String label) {
    return direction(find(Montage.named("standard_1005"), label));
  }

  private static double[] direction(SensorPosition p) {
    double length = Math.sqrt(p.x() * p.x() + p.y() * p.y() + p.z() * p.z());
    return new double[] {p.x() / length, p.y() / length, p.z() / length};
  }

  /**
   * A sensible choice of so many electrodes, from front to back and left to right.
   *
   * @throws UsageException if there are not so many
   */
  static List<String> choose(int count) {
    Map<String, SensorPosition> all = Montage.named("standard_1005").positions();
    Set<String> order = new LinkedHashSet<>(PREFERRED);
    all.keySet().stream().filter(label -> !label.matches("NAS|LPA|RPA")).forEach(order::add);
    if (count < 1 || count > order.size()) {
      throw new UsageException(
          "EEG has 1 to " + order.size() + " channels, the 10-05 system; channels=" + count);
    }
    return order.stream()
        .limit(count)
        .sorted(
            Comparator.comparingInt(Electrodes::row)
                .thenComparingDouble(label -> all.get(label).x()))
        .toList();
  }

  private static int row(String label) {
    String name = label.replaceFirst("(z|\\d+h?)$", "");
    // Temporal names are the ends of central rows: FT7 and FC5 stand in one row.
    String central = name.equals("T") ? "C" : name.replace("FT", "FC").replace("TP", "CP");
    return ROWS.indexOf(central);
  }

  List<ChannelInfo> channels() {
    return channels;
  }

  int count() {
    return channels.size();
  }

  int indexOf(String label) {
    for (int i = 0; i < channels.size(); i++) {
      if (channels.get(i).label().equals(label)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * How strongly each electrode sees a source: a bell over the angle from where it is strongest,
   * where it is 1.
   *
   * @param centre unit vector
   * @param spreadDegrees standard deviation of the bell
   */
  double[] gains(double[] centre, double spreadDegrees) {
    double[] gains = new double[count()];
    for (int c = 0; c < gains.length; c++) {
      double[] d = directions.get(c);
      double cosine = d[0] * centre[0] + d[1] * centre[1] + d[2] * centre[2];
      double angle = StrictMath.acos(Math.max(-1, Math.min(1, cosine)));
      double z = StrictMath.toDegrees(angle) / spreadDegrees;
      gains[c] = StrictMath.exp(-0.5 * z * z);
    }
    return gains;
  }
}
