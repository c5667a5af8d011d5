package org.efferent.decoders.dataset;

import java.util.ArrayList;
import java.util.List;
import org.efferent.core.ChannelInfo;
import org.efferent.decoders.preprocess.BrainChannels;

/** Which channels of a data set are refused: those that {@link BrainChannels} refuses. */
final class ChannelKinds {
  private ChannelKinds() {}

  /** The channels that are refused, each as {@code 'label' (kind)}. */
  static List<String> refused(List<String> labels, List<String> kinds) {
    List<String> refused = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      String kind = kinds.get(c).strip();
      if (!BrainChannels.isBrain(new ChannelInfo(labels.get(c), kind, ""))) {
        refused.add("'%s' (%s)".formatted(labels.get(c), kind));
      }
    }
    return refused;
  }
}
