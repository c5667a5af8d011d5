package org.efferent.retrieval.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.efferent.retrieval.evaluate.Chance;
import org.efferent.retrieval.evaluate.FigureOptions;
import org.efferent.retrieval.evaluate.Identity;
import org.efferent.retrieval.evaluate.Labels;
import org.efferent.retrieval.evaluate.QueryFigures;
import org.efferent.retrieval.evaluate.Ranks;
import org.efferent.retrieval.evaluate.RetrievalFigures;
import org.efferent.retrieval.evaluate.ScoreSource;
import org.efferent.retrieval.evaluate.Truth;
import org.efferent.retrieval.statistics.Bootstrap;
import org.efferent.retrieval.statistics.Factor;
import org.efferent.retrieval.statistics.Interval;
import org.efferent.retrieval.statistics.PairedTests;

/** A retrieval that was evaluated: its protocol, ranks, figures and chance. */
public final class Evaluation {
  private final List<String> protocol;
  private final ScoreSource scores;
  private final Truth truth;
  private final Labels labels;
  private final FigureOptions options;
  private final Ranks ranks;
  private final QueryFigures each;

  /**
   * Ranks and counts.
   *
   * @param protocol what was done, in lines
   * @param scores of every candidate for every query
   * @param truth which candidates are right
   * @param labels of the queries; subjects, where known, are a factor of intervals
   * @param options which figures
   */
  public Evaluation(
      List<String> protocol,
      ScoreSource scores,
      Truth truth,
      Labels labels,
      FigureOptions options) {
    if (labels.rows() != truth.queries()) {
      throw new IllegalArgumentException(
          "labels must be of the queries; queries=%d, labels=%d"
              .formatted(truth.queries(), labels.rows()));
    }
    this.scores = scores.held();
    this.truth = truth;
    this.labels = labels;
    this.options = options;
    this.ranks = Ranks.of(this.scores, truth);
    this.each = new QueryFigures(ranks, options);
    List<String> lines = new ArrayList<>(protocol);
    lines.add(
        "%d queries of %d stimuli among %d candidates%s"
            .formatted(
                truth.queries(),
                stimuli().levels(),
                truth.candidates(),
                labels.has(Identity.SUBJECT)
                    ? ", %d subject%s"
                        .formatted(
                            factors().get(0).levels(), factors().get(0).levels() == 1 ? "" : "s")
                    : ""));
    if (labels.has(Identity.SUBJECT)) {
      lines.add(PairedTests.says(factors().get(0).levels(), 0.05));
    }
    this.protocol = List.copyOf(lines);
  }

  /** What was done, in lines. */
  public List<String> protocol() {
    return protocol;
  }

  /** Scores that were ranked. */
  public ScoreSource scores() {
    return scores;
  }

  /** Which candidates are right. */
  public Truth truth() {
    return truth;
  }

  /** Labels of the queries. */
  public Labels labels() {
    return labels;
  }

  /** Where the truth stands. */
  public Ranks ranks() {
    return ranks;
  }

  /** Figures of single queries. */
  public QueryFigures queries() {
    return each;
  }

  /** The figures. */
  public RetrievalFigures figures() {
    return RetrievalFigures.of(ranks, each);
  }

  /** What random rankings score on this gallery. */
  public RetrievalFigures chance() {
    return Chance.of(truth, options);
  }

  /** What the queries were sampled by: subjects, where known, and stimuli. */
  public List<Factor> factors() {
    return labels.has(Identity.SUBJECT)
        ? List.of(Factor.of("subjects", labels.get(Identity.SUBJECT)), stimuli())
        : List.of(stimuli());
  }

  private Factor stimuli() {
    return new Factor("stimuli", truth.stimuli());
  }

  /**
   * Intervals of all figures over subjects × stimuli.
   *
   * @param bootstrap how
   * @return by the names of {@link QueryFigures}
   */
  public Map<String, Interval> intervals(Bootstrap bootstrap) {
    return each.intervals(bootstrap, factors());
  }

  /**
   * A figure of each subject.
   *
   * @param figure one of {@link QueryFigures#names}
   * @return by subject
   */
  public SortedMap<String, Double> bySubject(String figure) {
    List<String> subjects = labels.get(Identity.SUBJECT);
    double[] values = each.of(figure);
    SortedMap<String, Double> all = new TreeMap<>();
    for (String subject : subjects) {
      all.computeIfAbsent(
          subject,
          s ->
              each.aggregate(figure)
                  .of(
                      IntStream.range(0, values.length)
                          .filter(q -> subjects.get(q).equals(s))
                          .mapToDouble(q -> values[q])
                          .toArray()));
    }
    return all;
  }
}
