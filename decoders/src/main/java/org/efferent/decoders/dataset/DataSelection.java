package org.efferent.decoders.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.efferent.core.InputException;

/**
 * A part of a data set: some subjects, and of each the first training examples, such as those of
 * the first minutes. Subjects keep their numbers, validation and test examples are all there.
 *
 * @param subjects whose examples; empty for all
 * @param trainingExamples of each subject, in the order of the table; 0 for all
 */
public record DataSelection(List<Integer> subjects, int trainingExamples) {
  /** All of it. */
  public static final DataSelection ALL = new DataSelection(List.of(), 0);

  /** Checks the numbers. */
  public DataSelection {
    subjects = List.copyOf(new TreeSet<>(subjects));
    if (trainingExamples < 0) {
      throw new IllegalArgumentException(
          "trainingExamples must not be negative, 0 for all; trainingExamples=" + trainingExamples);
    }
    if (subjects.stream().anyMatch(s -> s < 0)) {
      throw new IllegalArgumentException("subjects must be numbers from 0; subjects=" + subjects);
    }
  }

  /**
   * The rows of the table that are in it, rising.
   *
   * @param examples the table
   * @param source its folder, for messages
   * @throws InputException if a subject has no examples
   */
  int[] rows(List<Example> examples, Object source) {
    Map<Integer, Integer> training = new HashMap<>();
    TreeSet<Integer> missing = new TreeSet<>(subjects);
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      missing.remove(example.subject());
      if (!subjects.isEmpty() && !subjects.contains(example.subject())) {
        continue;
      }
      boolean in =
          example.split() != Split.TRAIN
              || trainingExamples == 0
              || training.merge(example.subject(), 1, Integer::sum) <= trainingExamples;
      if (in) {
        rows.add(i);
      }
    }
    if (!missing.isEmpty()) {
      throw new InputException(
          "%s: has no examples of subjects %s; it has those of %s"
              .formatted(
                  source,
                  missing,
                  new TreeSet<>(examples.stream().map(Example::subject).toList())));
    }
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }
}
