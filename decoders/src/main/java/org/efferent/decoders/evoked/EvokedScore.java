package org.efferent.decoders.evoked;

import java.util.ArrayList;
import java.util.List;

/** What a decoder said of every run when it had learned from the others. */
public final class EvokedScore {
  private final String decoder;
  private final List<Fold> folds;

  /** One run. */
  static final class Fold {
    private final int[] labels;

    /** Scores of its trials. */
    private final double[] scores;

    /** Standard deviation of the scores of the trials that were learned from. */
    private final double spread;

    Fold(int[] labels, double[] scores, double spread) {
      this.labels = labels;
      this.scores = scores;
      this.spread = spread;
    }
  }

  EvokedScore(String decoder, List<Fold> folds) {
    this.decoder = decoder;
    this.folds = List.copyOf(folds);
  }

  /**
   * Several decoders together: the sum of their scores, each divided by the standard deviation of
   * its scores in training.
   *
   * @param name of them together
   * @param members scores of the same trials
   * @return the score of the sum
   */
  public static EvokedScore together(String name, List<EvokedScore> members) {
    List<Fold> folds = new ArrayList<>();
    for (int f = 0; f < members.get(0).folds.size(); f++) {
      Fold first = members.get(0).folds.get(f);
      double[] sum = new double[first.scores.length];
      for (EvokedScore member : members) {
        Fold own = member.folds.get(f);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += own.spread > 0 ? own.scores[i] / own.spread : 0;
        }
      }
      folds.add(new Fold(first.labels, sum, Double.NaN));
    }
    return new EvokedScore(name, folds);
  }

  /** Name of the decoder. */
  public String decoder() {
    return decoder;
  }

  /** The area of each run, in their order. */
  public List<AreaUnderCurve> runs() {
    return folds.stream().map(fold -> AreaUnderCurve.of(fold.scores, fold.labels)).toList();
  }

  /** The mean area over runs. */
  public AreaUnderCurve mean() {
    return AreaUnderCurve.mean(runs());
  }
}
