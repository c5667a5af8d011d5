package org.efferent.data.edf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.efferent.core.ChannelInfo;
import org.efferent.data.Units;

/**
 * What channels are, by their labels.
 *
 * <p>A label stays as the file writes it, prefix included ({@code EEG Fp1}). Labels that occur
 * several times get {@code -0}, {@code -1}, … in order, as MNE-Python does it. The kind comes from
 * the first word where it is one of EDF+'s standard texts (§"Additional specifications", 3), then
 * from what the label contains, then from the unit: what is measured in volts is EEG.
 */
final class EdfChannels {
  private static final Pattern TRIGGER =
      Pattern.compile("status|triggers?|stim|sti ?\\d+|(bdf|edf) status", Pattern.CASE_INSENSITIVE);

  private EdfChannels() {}

  /**
   * The channels.
   *
   * @param signals those with samples
   * @return one a signal; labels are unique
   */
  static List<ChannelInfo> of(List<EdfSignal> signals) {
    Map<String, Integer> times = new HashMap<>();
    signals.forEach(s -> times.merge(s.label(), 1, Integer::sum));
    Set<String> used = new HashSet<>(times.keySet());
    Map<String, Integer> next = new HashMap<>();
    List<ChannelInfo> channels = new ArrayList<>(signals.size());
    for (EdfSignal signal : signals) {
      String label = signal.label();
      if (times.get(label) > 1) {
        int number = next.getOrDefault(label, 0);
        String candidate = label + "-" + number;
        while (!used.add(candidate)) {
          candidate = label + "-" + ++number;
        }
        next.put(label, number + 1);
        label = candidate;
      }
      channels.add(new ChannelInfo(label, kind(signal.label(), signal.unit()), signal.unit()));
    }
    return channels;
  }

  /** Whether a label names a channel of triggers. */
  static boolean isTrigger(String label) {
    return TRIGGER.matcher(label).matches();
  }

  /**
   * The kind, one of the channel types of BIDS.
   *
   * @param label as written
   * @param unit as written
   * @return such as EEG
   */
  static String kind(String label, String unit) {
    if (isTrigger(label)) {
      return "TRIG";
    }
    String upper = label.toUpperCase(Locale.ROOT);
    int space = upper.indexOf(' ');
    String first = space < 0 ? upper : upper.substring(0, space);
    String byWord =
        switch (first) {
          case "EEG", "EP" -> "EEG";
          case "ECG", "EKG", "VCG" -> "ECG";
          case "EOG", "ERG" -> "EOG";
          case "EMG" -> "EMG";
          case "MEG", "MCG" -> "MEGOTHER";
          case "SEEG" -> "SEEG";
          case "ECOG" -> "ECOG";
          case "TEMP" -> "TEMP";
          case "RESP" -> "RESP";
          case "PLET", "PPG" -> "PPG";
          case "GSR", "EDA", "GSR1", "GSR2" -> "GSR";
          case "SOUND" -> "AUDIO";
          case "SAO2", "LIGHT", "EVENT", "DIST", "ANGLE", "FORCE", "DIG" -> "MISC";
          default -> "";
        };
    if (!byWord.isEmpty()) {
      return byWord;
    }
    for (String part : new String[] {"EOG", "ECG", "EKG", "EMG"}) {
      if (upper.contains(part)) {
        return part.equals("EKG") ? "ECG" : part;
      }
    }
    boolean volts =
        Units.toSi(unit).isPresent() && unit.strip().toUpperCase(Locale.ROOT).contains("V");
    return volts ? "EEG" : "MISC";
  }
}
