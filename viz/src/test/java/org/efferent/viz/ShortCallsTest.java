package org.efferent.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link TimeResolved} and {@link RetrievalGrid}. */
final class ShortCallsTest {
  private static final FigureSize SIZE = FigureSize.COLUMN;

  @Test
  void accuracyOverTimeHasChanceAndAnInterval() throws Exception {
    double[][] folds = {{50, 70, 60}, {52, 80, 58}};
    Figure figure =
        TimeResolved.ofFolds(new double[] {0, 0.1, 0.2}, folds, "accuracy (%)", 50, SIZE);
    assertThat(figure.description())
        .isEqualTo(
            "accuracy (%) over time from the stimulus (s): mean of 2 folds from 51 to 59; chance 50.");
    assertThat(Examples.texts(Examples.parse(figure.toSvg()), "text"))
        .contains("time from the stimulus (s)", "accuracy (%)", "chance (50)", "95 % interval");
    double[] times = {0, 0.1};
    assertThatThrownBy(() -> TimeResolved.ofFolds(times, folds, "accuracy (%)", 50, SIZE))
        .hasMessage("at least two folds, each with a value a time; folds=2, times=2");
    List<Curves.Curve> one = List.of(new Curves.Curve("a", times, times));
    assertThatThrownBy(() -> TimeResolved.of(one, "accuracy (%)", Double.NaN, SIZE))
        .hasMessage("chance must be finite; chance=NaN");
  }

  @Test
  void answersComeFromTheBestWithTheirMarks() {
    List<RetrievalGrid.Item> gallery =
        List.of(
            new RetrievalGrid.Item("dog", null),
            new RetrievalGrid.Item("cat", null),
            new RetrievalGrid.Item("house", null));
    double[][] scores = {{0.1, 0.9, 0.5}};
    assertThat(RetrievalGrid.of(gallery, new int[] {2}, scores, 2, SIZE).description())
        .isEqualTo("Pictures in 1 row: house, cat (wrong), house (right).");
    assertThat(RetrievalGrid.of(gallery, new int[] {1}, scores, 9, SIZE).description())
        .endsWith("cat, cat (right), house (wrong), dog (wrong).");
    assertThatThrownBy(() -> RetrievalGrid.of(gallery, new int[] {3}, scores, 2, SIZE))
        .hasMessage(
            "a query has a score a candidate and one that is true; candidates=3, scores=3, truth=3");
    assertThatThrownBy(() -> RetrievalGrid.of(gallery, new int[0], scores, 2, SIZE))
        .hasMessageStartingWith("a grid needs a truth and a row of scores a query");
  }
}
