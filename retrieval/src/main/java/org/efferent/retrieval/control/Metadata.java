package org.efferent.retrieval.control;

import java.util.List;
import org.efferent.core.InputException;
import org.efferent.retrieval.evaluate.ScoreSource;

/**
 * Something known of queries and candidates without looking at the brain: position in the sequence,
 * length, the stimulus before. Whoever ranks by it finds what is nearest or the same.
 */
public final class Metadata {
  private final String name;
  private final double[] ofQueries;
  private final double[] ofCandidates;
  private final boolean categorical;

  private Metadata(String name, double[] ofQueries, double[] ofCandidates, boolean categorical) {
    this.name = name;
    this.ofQueries = ofQueries;
    this.ofCandidates = ofCandidates;
    this.categorical = categorical;
  }

  /**
   * A number: candidates that are nearer come first.
   *
   * @param name what it is
   * @param ofQueries of each query
   * @param ofCandidates of each candidate
   * @return the metadata
   * @throws InputException if one is not finite
   */
  public static Metadata number(String name, double[] ofQueries, double[] ofCandidates) {
    for (double[] values : List.of(ofQueries, ofCandidates)) {
      for (int i = 0; i < values.length; i++) {
        if (!Double.isFinite(values[i])) {
          throw new InputException(
              "metadata must be finite; %s of row %d (from 0) is %s".formatted(name, i, values[i]));
        }
      }
    }
    return new Metadata(name, ofQueries.clone(), ofCandidates.clone(), false);
  }

  /**
   * A name: candidates that have the same come first.
   *
   * @param name what it is
   * @param ofQueries of each query
   * @param ofCandidates of each candidate
   * @return the metadata
   */
  public static Metadata category(String name, List<String> ofQueries, List<String> ofCandidates) {
    List<String> known =
        java.util.stream.Stream.concat(ofQueries.stream(), ofCandidates.stream())
            .distinct()
            .toList();
    java.util.Map<String, Integer> numbers = new java.util.HashMap<>();
    known.forEach(k -> numbers.put(k, numbers.size()));
    return new Metadata(
        name,
        ofQueries.stream().mapToDouble(numbers::get).toArray(),
        ofCandidates.stream().mapToDouble(numbers::get).toArray(),
        true);
  }

  /** What it is. */
  public String name() {
    return name;
  }

  /** Scores of candidates by it alone. */
  ScoreSource scores() {
    return new ScoreSource() {
      @Override
      public int queries() {
        return ofQueries.length;
      }

      @Override
      public int candidates() {
        return ofCandidates.length;
      }

      @Override
      public void read(int first, int count, double[] into) {
        int m = ofCandidates.length;
        for (int i = 0; i < count * m; i++) {
          double distance = Math.abs(ofQueries[first + i / m] - ofCandidates[i % m]);
          into[i] = categorical ? (distance == 0 ? 1 : 0) : -distance;
        }
      }
    };
  }
}
