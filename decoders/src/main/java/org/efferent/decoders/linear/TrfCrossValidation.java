package org.efferent.decoders.linear;

import java.util.ArrayList;
import java.util.List;
import org.efferent.core.InputException;

/**
 * Scores of a temporal response function by trial, each trial predicted from trials of other folds.
 * Covariances are computed once a fold and taken away from their sum.
 */
public final class TrfCrossValidation {
  private final List<Double> penalties;
  private final List<List<TrfScore>> scores;

  private TrfCrossValidation(List<Double> penalties, List<List<TrfScore>> scores) {
    this.penalties = penalties;
    this.scores = scores;
  }

  /**
   * Cross-validates.
   *
   * @param trials two at least
   * @param options what model
   * @param penalties λ to be tried
   * @param folds runs of neighbouring trials that are left out together, as even as can be; as many
   *     as trials: each alone
   * @return the scores
   * @throws InputException if trials or folds are too few
   */
  public static TrfCrossValidation run(
      List<TrfTrial> trials, TrfOptions options, List<Double> penalties, int folds) {
    if (penalties.isEmpty()) {
      throw new IllegalArgumentException("penalties must hold one at least; penalties=[]");
    }
    if (folds < 2 || folds > trials.size()) {
      throw new InputException(
          "folds must be 2 at least and at most the number of trials; folds=%d, trials=%d"
              .formatted(folds, trials.size()));
    }
    List<List<TrfTrial>> parts = split(trials, folds);
    List<TrfCovariances> cached = new ArrayList<>();
    parts.forEach(part -> cached.add(TrfCovariances.of(part, options)));
    TrfCovariances all = TrfCovariances.sum(cached);
    List<List<TrfScore>> scores = new ArrayList<>();
    penalties.forEach(p -> scores.add(new ArrayList<>()));
    for (int f = 0; f < folds; f++) {
      all.combine(cached.get(f), -1);
      for (int p = 0; p < penalties.size(); p++) {
        TemporalResponseFunction model =
            TemporalResponseFunction.fit(all, options, penalties.get(p));
        for (TrfTrial trial : parts.get(f)) {
          scores.get(p).add(model.score(trial));
        }
      }
      all.combine(cached.get(f), 1);
    }
    return new TrfCrossValidation(List.copyOf(penalties), scores);
  }

  private static List<List<TrfTrial>> split(List<TrfTrial> trials, int folds) {
    List<List<TrfTrial>> parts = new ArrayList<>();
    int from = 0;
    for (int f = 0; f < folds; f++) {
      int to = from + trials.size() / folds + (f < trials.size() % folds ? 1 : 0);
      parts.add(trials.subList(from, to));
      from = to;
    }
    return parts;
  }

  /** The penalties that were tried. */
  public List<Double> penalties() {
    return penalties;
  }

  /**
   * Scores of the trials, in their order.
   *
   * @param penalty index of the penalty
   * @return one a trial
   */
  public List<TrfScore> scores(int penalty) {
    return List.copyOf(scores.get(penalty));
  }

  /**
   * Mean of r over trials and outputs.
   *
   * @param penalty index of the penalty
   */
  public double meanCorrelation(int penalty) {
    return scores.get(penalty).stream().mapToDouble(TrfScore::meanCorrelation).average().orElse(0);
  }

  /**
   * Mean of the squared error over trials and outputs.
   *
   * @param penalty index of the penalty
   */
  public double meanError(int penalty) {
    return scores.get(penalty).stream().mapToDouble(TrfScore::meanError).average().orElse(0);
  }

  /** The penalty of the largest mean r; of equal ones the first, as the toolboxes choose. */
  public double best() {
    int best = 0;
    for (int p = 1; p < penalties.size(); p++) {
      if (meanCorrelation(p) > meanCorrelation(best)) {
        best = p;
      }
    }
    return penalties.get(best);
  }
}
