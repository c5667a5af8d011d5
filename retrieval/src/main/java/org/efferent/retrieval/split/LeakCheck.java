package org.efferent.retrieval.split;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.efferent.core.InputException;
import org.efferent.data.split.SentenceSplit.Part;
import org.efferent.retrieval.evaluate.CosineScores;
import org.efferent.retrieval.evaluate.Embeddings;
import org.efferent.retrieval.evaluate.Identity;
import org.efferent.retrieval.evaluate.Labels;

/**
 * Looks for leaks before anything is trained: noise alone reached 66 % where lengths differed, and
 * chance where they did not and stimuli were divided by identity (arXiv 2605.24524).
 *
 * @param nearDuplicate cosine from which two embeddings are nearly the same; above 1 looks for
 *     equal ones alone
 */
public record LeakCheck(double nearDuplicate) {
  /** A cosine of 0.999, as published for targets of speech. */
  public static final LeakCheck DEFAULTS = new LeakCheck(0.999);

  private static final int SHOWN = 3;

  /** Checks the range. */
  public LeakCheck {
    if (!(nearDuplicate > 0)) {
      throw new IllegalArgumentException(
          "a near duplicate's cosine must be positive; nearDuplicate=" + nearDuplicate);
    }
  }

  /**
   * Looks for identities that lie in two parts.
   *
   * @param labels identities of the rows
   * @param parts of the rows
   * @param apart what must not be shared; such as stimulus and sentence
   * @return a leak for each identity that is
   */
  public List<Leak> identities(Labels labels, Assignment parts, Set<Identity> apart) {
    List<Leak> leaks = new ArrayList<>();
    for (Identity identity : apart) {
      Map<String, Set<Part>> where = new LinkedHashMap<>();
      List<String> values = labels.get(identity);
      for (int r = 0; r < values.size(); r++) {
        where.computeIfAbsent(values.get(r), v -> EnumSet.noneOf(Part.class)).add(parts.part(r));
      }
      List<String> shared =
          where.entrySet().stream()
              .filter(e -> e.getValue().size() > 1)
              .map(e -> "'%s' in %s".formatted(e.getKey(), e.getValue()))
              .toList();
      if (!shared.isEmpty()) {
        leaks.add(
            new Leak(
                Leak.Kind.IDENTITY,
                shared.size(),
                "the same %s lies in two parts; %d do: %s; divide by %s"
                    .formatted(identity.word(), shared.size(), some(shared), identity.word())));
      }
    }
    return leaks;
  }

  /**
   * Looks whether the length of a segment tells which it is.
   *
   * @param samples length of each segment, in samples
   * @return a leak if there are several lengths
   */
  public List<Leak> lengths(int[] samples) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int length : samples) {
      counts.merge(length, 1, Integer::sum);
    }
    if (counts.size() < 2) {
      return List.of();
    }
    long alone = counts.values().stream().filter(n -> n == 1).count();
    // A guess by length is right with one in as many as share it: the sum over all is their number.
    double score = counts.size() / (double) samples.length;
    return List.of(
        new Leak(
            Leak.Kind.LENGTH,
            counts.size(),
            String.format(
                Locale.ROOT,
                "segments must have one length, or their lengths give the answer away; %d segments have %d lengths, %d one of their own: length alone scores %.3f at top-1; cut them to one length",
                samples.length,
                counts.size(),
                alone,
                score)));
  }

  /**
   * Looks for rows of the training that come again in the test.
   *
   * @param train {@code [n × width]}
   * @param test {@code [m × width]}
   * @return a leak for equal ones and one for nearly equal ones
   */
  public List<Leak> between(Embeddings train, Embeddings test) {
    return pairs(train, test, false);
  }

  /**
   * Looks for rows of a gallery that are the same but count as different.
   *
   * @param gallery {@code [m × width]}, one row a stimulus
   * @return a leak for equal ones and one for nearly equal ones
   */
  public List<Leak> within(Embeddings gallery) {
    return pairs(gallery, gallery, true);
  }

  private List<Leak> pairs(Embeddings a, Embeddings b, boolean same) {
    CosineScores scores = CosineScores.of(a, b);
    List<String> equal = new ArrayList<>();
    List<String> near = new ArrayList<>();
    int step = scores.blockRows();
    int m = b.rows();
    double[] block = new double[step * m];
    double suspicious = Math.min(nearDuplicate, 1 - 1e-6);
    for (int first = 0; first < a.rows(); first += step) {
      int count = Math.min(step, a.rows() - first);
      scores.read(first, count, block);
      for (int i = 0; i < count * m; i++) {
        int row = first + i / m;
        int other = i % m;
        if (block[i] < suspicious || (same && other <= row)) {
          continue;
        }
        String pair = "%s row %d and %s row %d".formatted(a.name(), row, b.name(), other);
        if (java.util.Arrays.equals(a.row(row), b.row(other))) {
          equal.add(pair);
        } else if (block[i] >= nearDuplicate) {
          near.add(pair);
        }
      }
    }
    List<Leak> leaks = new ArrayList<>();
    String what = same ? "candidates" : "rows of the training and of the test";
    if (!equal.isEmpty()) {
      leaks.add(
          new Leak(
              Leak.Kind.DUPLICATE,
              equal.size(),
              "%s must differ; %d pairs are equal: %s; remove them or give them one identity"
                  .formatted(what, equal.size(), some(equal))));
    }
    if (!near.isEmpty()) {
      leaks.add(
          new Leak(
              Leak.Kind.NEAR_DUPLICATE,
              near.size(),
              "%s must differ; %d pairs have a cosine of %s or more: %s; look whether they are the same stimulus"
                  .formatted(what, near.size(), nearDuplicate, some(near))));
    }
    return leaks;
  }

  private static String some(List<String> all) {
    String shown = all.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return all.size() > SHOWN ? shown + ", …" : shown;
  }

  /**
   * Refuses what has leaks.
   *
   * @param leaks found
   * @throws InputException with all of them, if there are any
   */
  public static void refuse(List<Leak> leaks) {
    if (!leaks.isEmpty()) {
      Set<String> messages = new HashSet<>();
      throw new InputException(
          "leak: "
              + leaks.stream()
                  .map(Leak::message)
                  .filter(messages::add)
                  .collect(Collectors.joining("; leak: ")));
    }
  }
}
