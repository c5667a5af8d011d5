package org.efferent.decoders.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which kinds of channels may be the input of a decoder: one that sees triggers, audio or auxiliary
 * channels decodes the stimulus or the body.
 */
final class ChannelKinds {
  private static final Set<String> BRAIN =
      Set.of(
          "EEG",
          "IEEG",
          "ECOG",
          "SEEG",
          "DBS",
          "LFP",
          "EPHYS",
          "NIRS",
          "SPIKES",
          "FEATURE",
          "FEATURES");

  private ChannelKinds() {}

  /** The channels that are refused, each as {@code 'label' (kind)}; a kind may be unknown. */
  static List<String> refused(List<String> labels, List<String> kinds) {
    List<String> refused = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      String kind = kinds.get(c).strip().toUpperCase(Locale.ROOT);
      if (!kind.isEmpty() && !kind.startsWith("MEG") && !BRAIN.contains(kind)) {
        refused.add("'%s' (%s)".formatted(labels.get(c), kinds.get(c).strip()));
      }
    }
    return refused;
  }
}
