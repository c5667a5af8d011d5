package org.efferent.viz.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.efferent.core.UsageException;

/** The panels of a dashboard. */
public enum Panel {
  /** Scrolling signals. */
  SIGNALS("Signals"),
  /** Amplitude and faults of the channels. */
  QUALITY("Quality"),
  /** Power by frequency. */
  SPECTRUM("Spectrum"),
  /** Power by time and frequency. */
  SPECTROGRAM("Spectrogram"),
  /** Averages after markers. */
  EVOKED("Evoked"),
  /** The decoded state. */
  STATE("State"),
  /** Latency and loss. */
  HEALTH("Latency"),
  /** Answers of a retrieval. */
  RANKING("Retrieval"),
  /** Generated images. */
  PICTURES("Images");

  private final String title;

  Panel(String title) {
    this.title = title;
  }

  /** On a tab. */
  public String title() {
    return title;
  }

  /** In options and files: "signals". */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a list of keys.
   *
   * @param list "signals,spectrum"
   * @return the panels in that order, each once
   * @throws UsageException if there is no such panel, or none at all
   */
  public static List<Panel> parse(String list) {
    List<Panel> panels = new ArrayList<>();
    for (String word : list.split(",", -1)) {
      Panel panel =
          Arrays.stream(values())
              .filter(p -> p.key().equals(word.strip().toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () -> new UsageException("a panel is one of " + keys() + "; panel=" + word));
      if (!panels.contains(panel)) {
        panels.add(panel);
      }
    }
    return panels;
  }

  private static String keys() {
    return Arrays.stream(values()).map(Panel::key).collect(Collectors.joining(", "));
  }
}
