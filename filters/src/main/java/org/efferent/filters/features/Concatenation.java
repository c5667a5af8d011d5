package org.efferent.filters.features;

import java.util.List;
import org.efferent.core.UsageException;

/**
 * The features of several models of the same rows, one after the other.
 *
 * @param parts the models, at least one, all of one input
 */
public record Concatenation(List<FeatureModel> parts) implements FeatureModel {
  /** Checks the values and copies the list. */
  public Concatenation {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new UsageException("a concatenation of features needs at least one part; parts=0");
    }
    for (FeatureModel part : parts) {
      if (!part.input().equals(parts.get(0).input())) {
        throw new UsageException(
            "features are put side by side only if they read the same channels at the same rate;"
                + " channels="
                + parts.get(0).input().size()
                + " and "
                + part.input().size()
                + ", sampleRateHz="
                + parts.get(0).input().sampleRateHz()
                + " and "
                + part.input().sampleRateHz());
      }
    }
  }

  @Override
  public FeatureInput input() {
    return parts.get(0).input();
  }

  @Override
  public List<String> names() {
    return parts.stream().flatMap(part -> part.names().stream()).toList();
  }

  @Override
  public BinFeatures start(double binSeconds) {
    BinFeatures[] states =
        parts.stream().map(part -> part.start(binSeconds)).toArray(BinFeatures[]::new);
    int[] widths = parts.stream().mapToInt(part -> part.names().size()).toArray();
    return new BinFeatures() {
      @Override
      public void bin(double[] rows, int count, double[] into, int at) {
        int offset = at;
        for (int p = 0; p < states.length; p++) {
          states[p].bin(rows, count, into, offset);
          offset += widths[p];
        }
      }

      @Override
      public void reset() {
        for (BinFeatures state : states) {
          state.reset();
        }
      }
    };
  }
}
