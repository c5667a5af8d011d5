package org.efferent.decoders.interpret;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.efferent.decoders.encoder.SensorLayout;

/**
 * Regions of the head: by names of the 10–20 system and its refinements (Oostenveld and Praamstra
 * 2001) where every channel has such a name, else by place.
 */
public final class Regions {
  private static final Pattern NAME =
      Pattern.compile("(FP|AF|FT|FC|F|TP|T|CP|C|PO|P|O|N|I|A)([0-9]{1,2}|Z)?H?");

  private static final Map<String, String> REGION_OF =
      Map.ofEntries(
          Map.entry("FP", "frontal"),
          Map.entry("AF", "frontal"),
          Map.entry("F", "frontal"),
          Map.entry("N", "frontal"),
          Map.entry("FC", "central"),
          Map.entry("C", "central"),
          Map.entry("FT", "temporal"),
          Map.entry("T", "temporal"),
          Map.entry("TP", "temporal"),
          Map.entry("A", "temporal"),
          Map.entry("CP", "parietal"),
          Map.entry("P", "parietal"),
          Map.entry("PO", "occipital"),
          Map.entry("O", "occipital"),
          Map.entry("I", "occipital"));

  private static final List<String> ORDER =
      List.of("frontal", "central", "temporal", "parietal", "occipital");

  private Regions() {}

  /**
   * Which channels are where.
   *
   * @param labels of the channels
   * @param layout places of the sensors, from 0 to 1 with the nose at the top; null where unknown
   * @return channels by region, in the order frontal, central, temporal, parietal, occipital; by
   *     place the quarters front left, front right, back left, back right. Empty where neither says
   *     anything. A channel without a place is in no region.
   */
  public static Map<String, boolean[]> of(List<String> labels, SensorLayout layout) {
    Map<String, boolean[]> byName = byName(labels);
    return byName.isEmpty() && layout != null ? byPlace(layout) : byName;
  }

  private static Map<String, boolean[]> byName(List<String> labels) {
    Map<String, boolean[]> found = new LinkedHashMap<>();
    ORDER.forEach(region -> found.put(region, new boolean[labels.size()]));
    for (int c = 0; c < labels.size(); c++) {
      Matcher name = NAME.matcher(labels.get(c).toUpperCase(Locale.ROOT));
      if (!name.matches()) {
        return Map.of();
      }
      found.get(REGION_OF.get(name.group(1)))[c] = true;
    }
    found.values().removeIf(channels -> !any(channels));
    return found;
  }

  private static Map<String, boolean[]> byPlace(SensorLayout layout) {
    Map<String, boolean[]> found = new LinkedHashMap<>();
    List.of("front left", "front right", "back left", "back right")
        .forEach(region -> found.put(region, new boolean[layout.channels()]));
    double[] positions = layout.positions();
    for (int c = 0; c < layout.channels(); c++) {
      if (layout.valid(c)) {
        double x = positions[c * layout.axes()];
        double y = positions[c * layout.axes() + 1];
        found.get((y >= 0.5 ? "front " : "back ") + (x < 0.5 ? "left" : "right"))[c] = true;
      }
    }
    found.values().removeIf(channels -> !any(channels));
    return found;
  }

  private static boolean any(boolean[] channels) {
    for (boolean channel : channels) {
      if (channel) {
        return true;
      }
    }
    return false;
  }
}
