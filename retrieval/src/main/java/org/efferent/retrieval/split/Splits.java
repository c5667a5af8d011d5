package org.efferent.retrieval.split;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.efferent.core.InputException;
import org.efferent.data.Sha256;
import org.efferent.data.split.SentenceSplit;
import org.efferent.data.split.SentenceSplit.Part;
import org.efferent.retrieval.evaluate.Identity;
import org.efferent.retrieval.evaluate.Labels;

/** Rows divided so that what has one identity stays together. */
public final class Splits {
  private Splits() {}

  /**
   * Divides by an identity: stimuli, sentences, concepts, subjects or sessions are put in an order
   * that depends on their names and the seed alone, and cut by the shares; a share above zero gets
   * at least one.
   *
   * @param labels identities of the rows
   * @param identity what stays together
   * @param test share of the identities for the test
   * @param validation share for choices; the rest is for training
   * @param seed of the order
   * @return the parts
   * @throws InputException if the identity is not known or has too few values to divide
   */
  public static Assignment byIdentity(
      Labels labels, Identity identity, double test, double validation, long seed) {
    if (!(test >= 0) || !(validation >= 0) || !(test + validation < 1)) {
      throw new IllegalArgumentException(
          "shares must not be negative and leave some for training; test=%s, validation=%s"
              .formatted(test, validation));
    }
    List<String> order = shuffled(values(labels, identity), seed);
    int tests = share(order.size(), test);
    int validations = share(order.size(), validation);
    if (tests + validations >= order.size()) {
      throw new InputException(
          "there are too few to divide; %s=%d, test=%d, validation=%d; give smaller shares"
              .formatted(identity.word(), order.size(), tests, validations));
    }
    Map<String, Part> parts = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      parts.put(
          order.get(i), i < tests ? Part.TEST : i < tests + validations ? Part.VALID : Part.TRAIN);
    }
    return new Assignment(labels.get(identity).stream().map(parts::get).toList());
  }

  private static int share(int size, double share) {
    return share == 0 ? 0 : (int) Math.max(1, Math.round(share * size));
  }

  private static List<String> shuffled(Set<String> values, long seed) {
    Map<String, String> keys = new HashMap<>();
    values.forEach(v -> keys.put(v, Sha256.of((seed + ":" + v).getBytes(StandardCharsets.UTF_8))));
    return values.stream().sorted((a, b) -> keys.get(a).compareTo(keys.get(b))).toList();
  }

  /**
   * Divides sentences by their text as published (Défossez et al. 2023), the same for every
   * listener and every data set.
   *
   * @param labels with sentences: their words, joined as the data set joins them
   * @return the parts
   */
  public static Assignment published(Labels labels) {
    return new Assignment(
        labels.get(Identity.SENTENCE).stream().map(SentenceSplit.PUBLISHED::part).toList());
  }

  /**
   * Holds out what has one of some identities: one subject of all, the last session.
   *
   * @param labels identities of the rows
   * @param identity which
   * @param held for the test; the rest is for training
   * @return the parts
   * @throws InputException if one of them is nowhere, or nothing is left
   */
  public static Assignment holdOut(Labels labels, Identity identity, Set<String> held) {
    Set<String> known = values(labels, identity);
    for (String one : held) {
      if (!known.contains(one)) {
        throw new InputException(
            "there is no %s '%s' to hold out; there are %s"
                .formatted(identity.word(), one, String.join(", ", known)));
      }
    }
    if (held.size() == known.size()) {
      throw new InputException(
          "nothing is left for training where every %s is held out; there are %d"
              .formatted(identity.word(), known.size()));
    }
    return new Assignment(
        labels.get(identity).stream().map(v -> held.contains(v) ? Part.TEST : Part.TRAIN).toList());
  }

  /**
   * The values that an identity takes, in the order of their names: subjects to hold out in turn.
   *
   * @param labels identities of the rows
   * @param identity which
   * @return its values
   */
  public static Set<String> values(Labels labels, Identity identity) {
    return new TreeSet<>(labels.get(identity));
  }
}
