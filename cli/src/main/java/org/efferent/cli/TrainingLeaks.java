package org.efferent.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.efferent.core.InputException;
import org.efferent.data.split.SentenceSplit.Part;
import org.efferent.decoders.dataset.Split;
import org.efferent.decoders.dataset.WindowDataset;
import org.efferent.retrieval.evaluate.Identity;
import org.efferent.retrieval.evaluate.Labels;
import org.efferent.retrieval.split.Assignment;
import org.efferent.retrieval.split.Leak;
import org.efferent.retrieval.split.LeakCheck;

/**
 * What lets a test be passed without the brain, looked for before anything is trained. A stimulus
 * in two splits is refused when a data set is opened; here it is sentences and equal targets.
 */
final class TrainingLeaks {
  /** Numbers of targets that are read at most for a comparison. */
  private static final long MOST = 500_000_000;

  private static final Pattern WORD = Pattern.compile("(.*)-w[0-9]+");

  private TrainingLeaks() {}

  /**
   * Refuses sentences whose words are in two splits (names {@code SENTENCE-w07}), and says how many
   * test targets stand among those of the training.
   *
   * @param data the data set
   * @param target name of the target
   * @param output for remarks
   * @throws InputException with the sentences
   */
  static void check(WindowDataset data, String target, OutputOptions output) {
    sentences(data);
    long numbers = data.targetRows();
    for (long size : data.targets().get(target)) {
      numbers = Math.multiplyExact(numbers, size);
    }
    if (numbers > MOST) {
      output.note("targets are too many to be looked through for equal ones");
      return;
    }
    int equal = equalTargets(data, target);
    if (equal > 0) {
      output.note(
          "%d test target(s) are equal to a training target; look whether they are the same stimulus",
          equal);
    }
  }

  private static void sentences(WindowDataset data) {
    List<String> sentences = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      Matcher name = WORD.matcher(data.example(i).stimulus());
      if (!name.matches()) {
        return; // these are no words
      }
      sentences.add(name.group(1));
      parts.add(
          switch (data.example(i).split()) {
            case TRAIN -> Part.TRAIN;
            case VALIDATION -> Part.VALID;
            case TEST -> Part.TEST;
          });
    }
    List<Leak> leaks =
        LeakCheck.DEFAULTS.identities(
            Labels.of(Identity.SENTENCE, sentences),
            new Assignment(parts),
            Set.of(Identity.SENTENCE));
    if (!leaks.isEmpty()) {
      throw new InputException(data.folder() + ": " + leaks.get(0).message());
    }
  }

  private static int equalTargets(WindowDataset data, String target) {
    long[] shape = data.targets().get(target);
    int width = Math.toIntExact(java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact));
    Map<Integer, List<Integer>> training = new HashMap<>();
    float[] row = new float[width];
    for (int t : rows(data, Split.TRAIN)) {
      data.readTarget(target, new int[] {t}, 1, row);
      training.computeIfAbsent(java.util.Arrays.hashCode(row), h -> new ArrayList<>()).add(t);
    }
    int equal = 0;
    float[] other = new float[width];
    for (int t : rows(data, Split.TEST)) {
      data.readTarget(target, new int[] {t}, 1, row);
      for (int candidate : training.getOrDefault(java.util.Arrays.hashCode(row), List.of())) {
        data.readTarget(target, new int[] {candidate}, 1, other);
        if (java.util.Arrays.equals(row, other)) {
          equal++;
          break;
        }
      }
    }
    return equal;
  }

  private static int[] rows(WindowDataset data, Split split) {
    return java.util.Arrays.stream(data.indices(split))
        .map(i -> data.example(i).target())
        .distinct()
        .toArray();
  }
}
