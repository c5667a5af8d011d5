package org.efferent.viz;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.efferent.viz.PictureGrid.Mark;
import org.efferent.viz.PictureGrid.Row;
import org.efferent.viz.PictureGrid.Tile;

/**
 * What was seen and what a decoder answers, a row a query: {@link PictureGrid} in one call.
 *
 * <pre>{@code
 * List<RetrievalGrid.Item> gallery = List.of(new RetrievalGrid.Item("dog", picture), …);
 * Figure figure = RetrievalGrid.of(gallery, truth, scores, 5, FigureSize.PAGE);
 * figure.writePdf(Path.of("answers.pdf"));
 * }</pre>
 */
public final class RetrievalGrid {
  /**
   * One candidate.
   *
   * @param name of it, "dog"
   * @param picture of any size, not to be modified later; null for the name as text
   */
  public record Item(String name, java.awt.image.BufferedImage picture) {}

  private RetrievalGrid() {}

  /**
   * The truth of each query, then the first answers with their scores, right or wrong.
   *
   * @param gallery the candidates
   * @param truth {@code [queries]}, the number of the candidate that was seen
   * @param scores {@code [queries][candidates]}, higher is more alike; equal ones in the order of
   *     the candidates
   * @param answers how many are shown, at least one
   * @param size of the figure
   * @return the figure
   */
  public static Figure of(
      List<Item> gallery, int[] truth, double[][] scores, int answers, FigureSize size) {
    if (truth.length == 0 || truth.length != scores.length || answers < 1) {
      throw new IllegalArgumentException(
          "a grid needs a truth and a row of scores a query and an answer; queries=%d, rows=%d, answers=%d"
              .formatted(truth.length, scores.length, answers));
    }
    List<Row> rows = new ArrayList<>();
    for (int q = 0; q < truth.length; q++) {
      rows.add(row(gallery, truth[q], scores[q], answers));
    }
    List<String> headings = new ArrayList<>(List.of("seen"));
    for (int a = 1; a <= Math.min(answers, gallery.size()); a++) {
      headings.add("answer " + a);
    }
    return PictureGrid.of(rows, headings, size);
  }

  private static Row row(List<Item> gallery, int truth, double[] scores, int answers) {
    if (scores.length != gallery.size() || truth < 0 || truth >= gallery.size()) {
      throw new IllegalArgumentException(
          "a query has a score a candidate and one that is true; candidates=%d, scores=%d, truth=%d"
              .formatted(gallery.size(), scores.length, truth));
    }
    List<Tile> tiles = new ArrayList<>();
    Item seen = gallery.get(truth);
    tiles.add(new Tile(seen.picture(), seen.name(), seen.name(), Mark.NONE));
    IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> -scores[j]))
        .limit(answers)
        .forEach(
            j -> {
              Item item = gallery.get(j);
              String caption = String.format(Locale.ROOT, "%s, %.2f", item.name(), scores[j]);
              tiles.add(
                  new Tile(
                      item.picture(), item.name(), caption, j == truth ? Mark.RIGHT : Mark.WRONG));
            });
    return new Row("", tiles);
  }
}
