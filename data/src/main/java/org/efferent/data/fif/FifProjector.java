package org.efferent.data.fif;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;

/** A signal-space projector: directions that are taken out of some channels. */
public final class FifProjector {
  private final String name;
  private final int kind;
  private final boolean active;
  private final List<String> channels;
  private final double[] vectors;

  private FifProjector(
      String name, int kind, boolean active, List<String> channels, double[] vectors) {
    this.name = name;
    this.kind = kind;
    this.active = active;
    this.channels = List.copyOf(channels);
    this.vectors = vectors;
  }

  /** All projectors of a block. */
  static List<FifProjector> readAll(FifInput in, FifNode node, Map<String, String> longNames) {
    List<FifProjector> all = new ArrayList<>();
    for (FifNode projectors : node.find(Fiff.B_PROJ)) {
      for (FifNode item : projectors.find(Fiff.B_PROJ_ITEM)) {
        all.add(read(in, item, longNames));
      }
    }
    return all;
  }

  static List<FifProjector> readAll(FifInput in, FifNode node) {
    return readAll(in, node, new HashMap<>());
  }

  private static FifProjector read(FifInput in, FifNode item, Map<String, String> longNames) {
    String name =
        item.tag(Fiff.COMMENT)
            .or(() -> item.tag(Fiff.NAME))
            .map(t -> FifValues.text(in, t))
            .orElse("");
    FifTag names = need(in, item, Fiff.PROJ_ITEM_CH_NAME_LIST, name);
    FifTag data = need(in, item, Fiff.PROJ_ITEM_VECTORS, name);
    List<String> channels = new ArrayList<>();
    for (String channel : FifValues.names(in, names)) {
      channels.add(longNames.getOrDefault(channel, channel));
    }
    int[] shape = FifValues.dimensions(in, data);
    double[] values = FifValues.numbers(in, data);
    int n = channels.size();
    int count = item.tag(Fiff.PROJ_ITEM_NVEC).map(t -> FifValues.integer(in, t)).orElse(-1);
    boolean twoDimensional = shape.length == 2;
    if (twoDimensional && shape[0] == n && shape[1] == count && shape[1] != n) {
      values = transposed(values, shape[0], shape[1]);
    } else if (!twoDimensional || shape[1] != n) {
      throw new InputException(
          "%s: projector '%s': its vectors must have a value for each of its %d channels; they have %d"
              .formatted(in.name(), name, n, shape[shape.length - 1]));
    }
    return new FifProjector(
        name,
        item.tag(Fiff.PROJ_ITEM_KIND).map(t -> FifValues.integer(in, t)).orElse(0),
        item.tag(Fiff.MNE_PROJ_ITEM_ACTIVE).map(t -> FifValues.integer(in, t)).orElse(0) != 0,
        channels,
        values);
  }

  private static FifTag need(FifInput in, FifNode item, int kind, String name) {
    return item.tag(kind)
        .orElseThrow(
            () ->
                new InputException(
                    "%s: projector '%s': tag %d is missing".formatted(in.name(), name, kind)));
  }

  private static double[] transposed(double[] values, int rows, int columns) {
    double[] turned = new double[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        turned[c * rows + r] = values[r * columns + c];
      }
    }
    return turned;
  }

  /** What it takes out, as its maker calls it. */
  public String name() {
    return name;
  }

  /** FIFF's kind: 1 a field pattern, 10 the average reference of EEG, … */
  public int kind() {
    return kind;
  }

  /** Whether the data of the file have been projected already. */
  public boolean isActive() {
    return active;
  }

  /** The channels it acts upon, in the order of the vectors' values. */
  public List<String> channels() {
    return channels;
  }

  /** A copy of the directions, {@code [vectors × channels]}, row-major. */
  public double[] vectors() {
    return vectors.clone();
  }
}
