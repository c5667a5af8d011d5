package org.efferent.data.montage;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds entries by labels as recordings write them: case, spaces, dots ({@code Fc5.}), the prefix
 * {@code EEG} and the reference suffixes {@code -Ref} and {@code -LE} do not count; T3, T4, T5 and
 * T6 are T7, T8, P7 and P8; a serial number after a dash ({@code MLC11-606}) may be left out.
 */
final class Labels<T> {
  private static final Map<String, String> OLD_NAMES =
      Map.of("t3", "t7", "t4", "t8", "t5", "p7", "t6", "p8");

  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern REFERENCE = Pattern.compile("-(ref|le)$");

  private final Map<String, T> byKey = new HashMap<>();

  Labels(Map<String, T> entries) {
    entries.forEach((label, value) -> byKey.putIfAbsent(key(label), value));
    entries.forEach(
        (label, value) -> {
          int dash = label.lastIndexOf('-');
          if (dash > 0) {
            byKey.putIfAbsent(key(label.substring(0, dash)), value);
          }
        });
  }

  Optional<T> find(String label) {
    String key = key(label);
    T found = byKey.get(key);
    if (found == null && OLD_NAMES.containsKey(key)) {
      found = byKey.get(OLD_NAMES.get(key));
    }
    int dash = label.lastIndexOf('-');
    if (found == null && dash > 0 && DIGITS.matcher(label.substring(dash + 1)).matches()) {
      found = byKey.get(key(label.substring(0, dash)));
    }
    return Optional.ofNullable(found);
  }

  private static String key(String label) {
    String key = label.strip().toLowerCase(Locale.ROOT);
    if (key.startsWith("eeg ")) {
      // Some recordings number their electrodes: "EEG 001" is a name of its own.
      String rest = key.substring(4).strip();
      key = DIGITS.matcher(rest).matches() ? key : rest;
    }
    key = REFERENCE.matcher(key).replaceFirst("");
    return key.replace(".", "").replace(" ", "");
  }
}
