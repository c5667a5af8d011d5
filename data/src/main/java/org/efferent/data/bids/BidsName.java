package org.efferent.data.bids;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file's name in BIDS: {@code sub-01_ses-1_task-rest_eeg.edf}.
 *
 * @param entities keys and values in the order of the name: sub, ses, task, acq, run, …
 * @param suffix what it is: eeg, meg, events, channels, …
 * @param extension with the point, {@code .fif.gz} as one
 */
public record BidsName(Map<String, String> entities, String suffix, String extension) {
  /** Copies the map. */
  public BidsName {
    entities = Collections.unmodifiableMap(new LinkedHashMap<>(entities));
  }

  /**
   * Takes a name apart.
   *
   * @param fileName without folders
   * @return its parts; empty if it is no name of BIDS
   */
  public static Optional<BidsName> parse(String fileName) {
    int dot = fileName.indexOf('.');
    String stem = dot < 0 ? fileName : fileName.substring(0, dot);
    String extension = dot < 0 ? "" : fileName.substring(dot);
    Map<String, String> entities = new LinkedHashMap<>();
    String[] parts = stem.split("_", -1);
    for (int i = 0; i + 1 < parts.length; i++) {
      int dash = parts[i].indexOf('-');
      if (dash < 1 || dash == parts[i].length() - 1) {
        return Optional.empty();
      }
      entities.put(parts[i].substring(0, dash), parts[i].substring(dash + 1));
    }
    String suffix = parts[parts.length - 1];
    return suffix.matches("[A-Za-z0-9]+")
        ? Optional.of(new BidsName(entities, suffix, extension))
        : Optional.empty();
  }

  /**
   * The value of a key.
   *
   * @param key such as {@code sub}
   * @return the value; empty if the name has none
   */
  public String entity(String key) {
    return entities.getOrDefault(key, "");
  }
}
