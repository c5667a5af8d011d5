package org.efferent.data.fif;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.efferent.core.InputException;

/** A covariance of channels. */
public final class FifCovariance {
  private final int kind;
  private final List<String> channels;
  private final int dimension;
  private final boolean diagonal;
  private final double[] values;
  private final int degreesOfFreedom;
  private final List<String> bads;
  private final List<FifProjector> projectors;

  private FifCovariance(
      FifInput in,
      FifNode node,
      int dimension,
      List<String> channels,
      boolean diagonal,
      double[] v) {
    this.kind = node.tag(Fiff.MNE_COV_KIND).map(t -> FifValues.integer(in, t)).orElse(0);
    this.channels = List.copyOf(channels);
    this.dimension = dimension;
    this.diagonal = diagonal;
    this.values = v;
    this.degreesOfFreedom =
        node.tag(Fiff.MNE_COV_NFREE).map(t -> FifValues.integer(in, t)).orElse(-1);
    this.bads = List.copyOf(InfoReader.bads(in, node, new HashMap<>()));
    this.projectors = List.copyOf(FifProjector.readAll(in, node));
  }

  static List<FifCovariance> readAll(FifInput in, FifNode root) {
    List<FifCovariance> all = new ArrayList<>();
    for (FifNode node : root.find(Fiff.B_MNE_COV)) {
      all.add(read(in, node));
    }
    return all;
  }

  private static FifCovariance read(FifInput in, FifNode node) {
    int n = node.tag(Fiff.MNE_COV_DIM).map(t -> FifValues.integer(in, t)).orElse(-1);
    boolean diagonal = node.tag(Fiff.MNE_COV).isEmpty();
    FifTag tag =
        node.tag(Fiff.MNE_COV)
            .or(() -> node.tag(Fiff.MNE_COV_DIAG))
            .orElseThrow(() -> new InputException(in.name() + ": covariance: has no values"));
    double[] values = FifValues.numbers(in, tag);
    long expected = diagonal ? n : n * (n + 1L) / 2;
    List<String> names =
        node.tag(Fiff.MNE_ROW_NAMES).map(t -> FifValues.names(in, t)).orElse(List.of());
    boolean named = names.isEmpty() || names.size() == n;
    if (n < 1 || values.length != expected || !named) {
      throw new InputException(
          "%s: covariance: must have a row a channel; dimension=%d, names=%d, values=%d"
              .formatted(in.name(), n, names.size(), values.length));
    }
    return new FifCovariance(in, node, n, names, diagonal, diagonal ? values : full(values, n));
  }

  /** From the lower triangle, a row after the other. */
  private static double[] full(double[] packed, int n) {
    double[] full = new double[n * n];
    for (int r = 0, i = 0; r < n; r++) {
      for (int c = 0; c <= r; c++, i++) {
        full[r * n + c] = packed[i];
        full[c * n + r] = packed[i];
      }
    }
    return full;
  }

  /** FIFF's kind: 1 noise, 2 sources, … */
  public int kind() {
    return kind;
  }

  /** Names of the channels; empty where the file has none. */
  public List<String> channels() {
    return channels;
  }

  /** Rows. */
  public int dimension() {
    return dimension;
  }

  /** Whether only variances are known. */
  public boolean isDiagonal() {
    return diagonal;
  }

  /** A copy: {@code [n × n]}, or of a diagonal one {@code [n]}; squares of the channels' units. */
  public double[] values() {
    return values.clone();
  }

  /** Independent samples behind it, less one; -1 if unknown. */
  public int degreesOfFreedom() {
    return degreesOfFreedom;
  }

  /** Channels that were bad. */
  public List<String> bads() {
    return bads;
  }

  /** Projectors that were applied to the data. */
  public List<FifProjector> projectors() {
    return projectors;
  }
}
