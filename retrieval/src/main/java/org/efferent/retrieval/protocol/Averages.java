package org.efferent.retrieval.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.efferent.core.InputException;
import org.efferent.retrieval.evaluate.Embeddings;
import org.efferent.retrieval.evaluate.Identity;
import org.efferent.retrieval.evaluate.Labels;

/**
 * Means of rows that have identities in common: of repetitions of a stimulus, within a subject or
 * across; of images of a concept. Rows may be inputs or embeddings.
 */
public final class Averages {
  private final Embeddings rows;
  private final Labels labels;

  private Averages(Embeddings rows, Labels labels) {
    this.rows = rows;
    this.labels = labels;
  }

  /**
   * Means of some repetitions of each stimulus, drawn at random without replacement.
   *
   * @param rows of single repetitions
   * @param labels of them
   * @param by what the rows of one mean have in common, such as stimulus and subject
   * @param repetitions how many make a mean; 0 for all there are
   * @param seed of the draw
   * @return the means, in the order of first appearance
   * @throws InputException if a stimulus has fewer
   */
  public static Averages of(
      Embeddings rows, Labels labels, List<Identity> by, int repetitions, long seed) {
    if (labels.rows() != rows.rows()) {
      throw new InputException(
          "%s: there must be labels for every row; rows=%d, labels=%d"
              .formatted(rows.name(), rows.rows(), labels.rows()));
    }
    SplittableRandom random = new SplittableRandom(seed);
    Map<List<String>, List<Integer>> groups = groups(labels, by);
    float[] means = new float[Math.multiplyExact(groups.size(), rows.width())];
    int[] first = new int[groups.size()];
    int g = 0;
    for (Map.Entry<List<String>, List<Integer>> group : groups.entrySet()) {
      int[] members = group.getValue().stream().mapToInt(Integer::intValue).toArray();
      if (members.length < repetitions) {
        throw new InputException(
            "%s: every mean needs %d repetitions; %s has %d; average fewer"
                .formatted(rows.name(), repetitions, group.getKey(), members.length));
      }
      first[g] = members[0];
      int n = repetitions == 0 ? members.length : repetitions;
      mean(rows, drawn(members, n, random), means, g++ * rows.width());
    }
    return new Averages(
        Embeddings.of(rows.name(), means, rows.width()), kept(labels.select(first), by));
  }

  /**
   * The fewest repetitions that a stimulus has: as many can be averaged everywhere.
   *
   * @param labels of single repetitions
   * @param by what the rows of one mean have in common
   * @return 0 where there are no rows
   */
  public static int fewest(Labels labels, List<Identity> by) {
    return groups(labels, by).values().stream().mapToInt(List::size).min().orElse(0);
  }

  private static Map<List<String>, List<Integer>> groups(Labels labels, List<Identity> by) {
    Map<List<String>, List<Integer>> groups = new LinkedHashMap<>();
    for (int r = 0; r < labels.rows(); r++) {
      int row = r;
      groups
          .computeIfAbsent(
              by.stream().map(identity -> labels.get(identity).get(row)).toList(),
              key -> new ArrayList<>())
          .add(r);
    }
    return groups;
  }

  private static int[] drawn(int[] members, int count, SplittableRandom random) {
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(members.length - i);
      int kept = members[i];
      members[i] = members[j];
      members[j] = kept;
    }
    return Arrays.copyOf(members, count);
  }

  private static void mean(Embeddings rows, int[] members, float[] into, int at) {
    double[] sum = new double[rows.width()];
    for (int member : members) {
      float[] row = rows.row(member);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += row[i];
      }
    }
    for (int i = 0; i < sum.length; i++) {
      into[at + i] = (float) (sum[i] / members.length);
    }
  }

  /** A mean across subjects is of no subject; one of a stimulus keeps its concept and sentence. */
  private static Labels kept(Labels labels, List<Identity> by) {
    boolean stimulus = by.contains(Identity.STIMULUS);
    List<Identity> ofStimulus = List.of(Identity.CONCEPT, Identity.SENTENCE, Identity.WORD);
    Labels kept = Labels.of(labels.rows());
    for (Identity identity : Identity.values()) {
      boolean keep = by.contains(identity) || (stimulus && ofStimulus.contains(identity));
      if (keep && labels.has(identity)) {
        kept = kept.with(identity, labels.get(identity));
      }
    }
    return kept;
  }

  /** The means. */
  public Embeddings rows() {
    return rows;
  }

  /** What their rows have in common. */
  public Labels labels() {
    return labels;
  }
}
