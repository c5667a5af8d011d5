package org.efferent.retrieval.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.efferent.core.InputException;
import org.efferent.core.UsageException;
import org.efferent.retrieval.evaluate.Embeddings;
import org.efferent.retrieval.evaluate.FigureOptions;
import org.efferent.retrieval.evaluate.Identity;
import org.efferent.retrieval.evaluate.Labels;
import org.efferent.retrieval.evaluate.Transductive;
import org.efferent.retrieval.evaluate.Truth;

/**
 * Which image was seen: zero-shot retrieval among images or concepts that training did not have.
 *
 * @param testSet small or large
 * @param gallery what a candidate is
 * @param averaging what the repetitions of a stimulus become
 * @param repetitions how many are averaged; 0 for all, 1 for single trials
 * @param people who was trained on
 * @param selection what the encoder was chosen by
 * @param transductive whether scores look at the whole test set
 * @param figures which figures
 */
public record ImageProtocol(
    TestSet testSet,
    Gallery gallery,
    Averaging averaging,
    int repetitions,
    People people,
    Selection selection,
    Transductive transductive,
    FigureOptions figures)
    implements Protocol {

  /** Single trials among the images themselves. */
  public static final ImageProtocol DEFAULTS =
      new ImageProtocol(
          TestSet.SMALL,
          Gallery.STIMULI,
          Averaging.NONE,
          1,
          People.WITHIN,
          Selection.UNKNOWN,
          Transductive.NONE,
          FigureOptions.DEFAULTS);

  /** Which images are candidates. */
  public enum TestSet {
    /** Those of the test that everybody saw again and again, such as 200 of THINGS. */
    SMALL("small test set: the images that were shown again and again"),
    /** All that training did not have, such as 2,400 of THINGS-MEG, most shown once. */
    LARGE("large test set: all images that training did not have");

    private final String text;

    TestSet(String text) {
      this.text = text;
    }
  }

  /** What a candidate is. These are different tasks: never in one table. */
  public enum Gallery {
    /** The image that was shown. */
    STIMULI("gallery: the images shown, one candidate each"),
    /** The mean of other images of its concept (NICE, Song et al. 2024). */
    CONCEPT_CENTRES("gallery: concept centres, means of other images of each concept");

    private final String text;

    Gallery(String text) {
      this.text = text;
    }
  }

  /** What the repetitions of a stimulus become. */
  public enum Averaging {
    /** Every trial is a query. */
    NONE,
    /** Signals were averaged, then encoded. */
    INPUTS,
    /** Trials were encoded, then averaged within the subject. */
    EMBEDDINGS,
    /** Trials were encoded, then averaged over subjects too. */
    EMBEDDINGS_ACROSS_SUBJECTS
  }

  /** Who was trained on. */
  public enum People {
    /** The subject of the test, and only it. */
    WITHIN("within subject: trained on each subject's own data"),
    /** All subjects, that of the test among them. */
    POOLED("pooled: one model for all subjects, those of the test included"),
    /** All but the subject of the test. */
    LEAVE_ONE_OUT("leave one subject out: trained on the other subjects alone"),
    /** The subject of the test on other days. */
    ACROSS_SESSIONS("across sessions: trained on other sessions of each subject");

    private final String text;

    People(String text) {
      this.text = text;
    }
  }

  /** Checks that single trials are averages of one. */
  public ImageProtocol {
    Objects.requireNonNull(testSet, "testSet");
    Objects.requireNonNull(gallery, "gallery");
    Objects.requireNonNull(people, "people");
    Objects.requireNonNull(selection, "selection");
    Objects.requireNonNull(transductive, "transductive");
    Objects.requireNonNull(figures, "figures");
    if (repetitions < 0) {
      throw new IllegalArgumentException(
          "repetitions must be at least 1, or 0 for all; repetitions=" + repetitions);
    }
    if ((averaging == Averaging.NONE) != (repetitions == 1)) {
      throw new UsageException(
          "single trials are averages of 1 repetition, and no others are; averaging=%s, repetitions=%d"
              .formatted(averaging, repetitions));
    }
  }

  /**
   * The same with averages of so many repetitions.
   *
   * @param how inputs or embeddings
   * @param n how many, at least 1; 0 for all
   * @return a protocol; of single trials for 1
   */
  public ImageProtocol averaging(Averaging how, int n) {
    return new ImageProtocol(
        testSet,
        gallery,
        n == 1 ? Averaging.NONE : how,
        n,
        people,
        selection,
        transductive,
        figures);
  }

  @Override
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    lines.add("task: which image was seen, zero-shot: neither it nor its concept was in training");
    lines.add(testSet.text);
    lines.add(gallery.text);
    lines.add(averagingText());
    lines.add(people.text);
    lines.add(selection.describe());
    lines.add(transductive.describe());
    return lines;
  }

  private String averagingText() {
    String count = repetitions == 0 ? "all" : Integer.toString(repetitions);
    return switch (averaging) {
      case NONE -> "single trials";
      case INPUTS -> "averaged inputs: signals of %s repetitions, then encoded".formatted(count);
      case EMBEDDINGS -> "averaged embeddings: of %s repetitions of a subject".formatted(count);
      case EMBEDDINGS_ACROSS_SUBJECTS ->
          "averaged embeddings: of %s repetitions over all subjects".formatted(count);
    };
  }

  /**
   * Evaluates embeddings.
   *
   * @param trials {@code [n × width]}: one a trial, or, where inputs were averaged, one an average
   * @param labels of the trials: stimulus, or concept for concept centres; subject where there are
   *     several
   * @param candidates {@code [m × width]}
   * @param identities stimulus or concept of each candidate
   * @param seed of the draw of repetitions
   * @return the evaluation
   * @throws InputException if labels are missing, a truth is not in the gallery, or inputs that
   *     should have been averaged come several times
   */
  public Evaluation evaluate(
      Embeddings trials, Labels labels, Embeddings candidates, List<String> identities, long seed) {
    Embeddings queries = trials;
    Labels known = labels;
    if (averaging == Averaging.INPUTS) {
      int most = labels.rows() - (int) distinct(labels);
      if (most > 0) {
        throw new InputException(
            "where inputs are averaged there is one row a stimulus and subject; %d rows are repetitions; average inputs before they are encoded, or embeddings"
                .formatted(most));
      }
    } else if (averaging != Averaging.NONE) {
      Averages averages = Averages.of(trials, labels, by(labels), repetitions, seed);
      queries = averages.rows();
      known = averages.labels();
    }
    Identity own = gallery == Gallery.STIMULI ? Identity.STIMULUS : Identity.CONCEPT;
    Truth truth = Truth.ofIdentities(known.get(own), identities, Truth.Several.REFUSE);
    return new Evaluation(
        describe(), transductive.scores(queries, candidates), truth, known, figures);
  }

  private long distinct(Labels labels) {
    List<Identity> by = by(labels);
    return java.util.stream.IntStream.range(0, labels.rows())
        .mapToObj(r -> by.stream().map(i -> labels.get(i).get(r)).toList())
        .distinct()
        .count();
  }

  private List<Identity> by(Labels labels) {
    return labels.has(Identity.SUBJECT) && averaging != Averaging.EMBEDDINGS_ACROSS_SUBJECTS
        ? List.of(Identity.STIMULUS, Identity.SUBJECT)
        : List.of(Identity.STIMULUS);
  }

  /**
   * Evaluations of averages of 1, 2 … repetitions: what a figure of averages would be live.
   *
   * @param trials {@code [n × width]}, one a trial
   * @param labels of the trials: stimulus; concept for concept centres; subject
   * @param candidates {@code [m × width]}
   * @param identities stimulus or concept of each candidate
   * @param counts how many repetitions; those that some stimulus does not have are left out
   * @param seed of the draws
   * @return by the number of repetitions
   */
  public SortedMap<Integer, Evaluation> repetitionCurve(
      Embeddings trials,
      Labels labels,
      Embeddings candidates,
      List<String> identities,
      List<Integer> counts,
      long seed) {
    Averaging how =
        averaging == Averaging.EMBEDDINGS_ACROSS_SUBJECTS ? averaging : Averaging.EMBEDDINGS;
    int fewest = Averages.fewest(labels, averaging(how, 0).by(labels));
    SortedMap<Integer, Evaluation> curve = new TreeMap<>();
    for (int n : counts) {
      if (n >= 1 && n <= fewest) {
        curve.put(n, averaging(how, n).evaluate(trials, labels, candidates, identities, seed));
      }
    }
    return curve;
  }
}
