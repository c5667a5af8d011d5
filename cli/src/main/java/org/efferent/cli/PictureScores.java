package org.efferent.cli;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;
import org.efferent.generation.metrics.Features;
import org.efferent.generation.metrics.Interval;
import org.efferent.generation.metrics.PictureComparison;
import org.efferent.generation.metrics.RandomPairings;
import org.efferent.generation.metrics.Resampling;
import org.efferent.generation.metrics.TwoWayIdentification;
import org.efferent.viz.Figure;
import org.efferent.viz.FigureSize;
import org.efferent.viz.PictureGrid;
import org.efferent.viz.PictureGrid.Mark;
import org.efferent.viz.PictureGrid.Row;
import org.efferent.viz.PictureGrid.Tile;

/** Pictures beside their stimuli: figures of each pair, their means, and random pairings. */
final class PictureScores {
  private static final int FEW = 128;

  private static final int COLUMNS = 8;

  private final List<BufferedImage> stimuli;
  private final List<BufferedImage> pictures;
  private final List<PictureComparison.Figures> each;
  private final Interval randomCorrelation;
  private final Interval randomSimilarity;

  private PictureScores(
      List<BufferedImage> stimuli,
      List<BufferedImage> pictures,
      List<PictureComparison.Figures> each,
      Interval randomCorrelation,
      Interval randomSimilarity) {
    this.stimuli = stimuli;
    this.pictures = pictures;
    this.each = each;
    this.randomCorrelation = randomCorrelation;
    this.randomSimilarity = randomSimilarity;
  }

  /**
   * Compares.
   *
   * @param stimuli what was seen
   * @param pictures what was made of each
   * @param comparison how
   * @param resampling random pairings
   */
  static PictureScores of(
      List<BufferedImage> stimuli,
      List<BufferedImage> pictures,
      PictureComparison comparison,
      Resampling resampling) {
    int n = stimuli.size();
    List<PictureComparison.Figures> each =
        IntStream.range(0, n)
            .parallel()
            .mapToObj(i -> comparison.compare(stimuli.get(i), pictures.get(i)))
            .toList();
    // Up to so many pictures all pairs are compared, on all cores; of more those of few pairings.
    boolean all = n <= FEW;
    PictureComparison.Figures[] known = new PictureComparison.Figures[n * n];
    if (all) {
      IntStream.range(0, n * n)
          .parallel()
          .forEach(at -> known[at] = comparison.compare(stimuli.get(at / n), pictures.get(at % n)));
    }
    Resampling pairings =
        all
            ? resampling
            : new Resampling(
                resampling.bootstrapDraws(), FEW, resampling.level(), resampling.seed());
    RandomPairings.PairFigure correlation =
        (s, p) -> pair(known, s, p, n, comparison, stimuli, pictures).pixelCorrelation();
    RandomPairings.PairFigure similarity =
        (s, p) -> pair(known, s, p, n, comparison, stimuli, pictures).ssim();
    return new PictureScores(
        stimuli,
        pictures,
        each,
        RandomPairings.of(n, correlation, pairings),
        RandomPairings.of(n, similarity, pairings));
  }

  private static PictureComparison.Figures pair(
      PictureComparison.Figures[] known,
      int stimulus,
      int picture,
      int n,
      PictureComparison comparison,
      List<BufferedImage> stimuli,
      List<BufferedImage> pictures) {
    int at = stimulus * n + picture;
    if (known[at] == null) {
      known[at] = comparison.compare(stimuli.get(stimulus), pictures.get(picture));
    }
    return known[at];
  }

  private double mean(ToDoubleFunction<PictureComparison.Figures> of) {
    return each.stream().mapToDouble(of).average().orElseThrow();
  }

  /** The means and the random pairings, as values for JSON. */
  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("pixelCorrelation", mean(PictureComparison.Figures::pixelCorrelation));
    figures.put("pixelCorrelationRandom", interval(randomCorrelation));
    figures.put("ssim", mean(PictureComparison.Figures::ssim));
    figures.put("ssimRandom", interval(randomSimilarity));
    figures.put("psnr", mean(PictureComparison.Figures::psnr));
    return figures;
  }

  private static Map<String, Object> interval(Interval of) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("mean", of.value());
    values.put("low", of.low());
    values.put("high", of.high());
    return values;
  }

  /** Two-way identification by features, as values for JSON; says it too. */
  static Map<String, Object> twoWay(
      Features stimuli, Features pictures, Resampling resampling, OutputOptions output, String by) {
    TwoWayIdentification of;
    try {
      of = TwoWayIdentification.of(stimuli, pictures, resampling);
    } catch (IllegalArgumentException e) {
      throw new InputException(by + ": " + e.getMessage(), e);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("accuracy", of.accuracy().value());
    values.put("low", of.accuracy().low());
    values.put("high", of.accuracy().high());
    values.put("random", interval(of.chance()));
    values.put("p", of.pValue());
    values.put("correlationDistance", distance(stimuli, pictures));
    output.text(
        "two-way identification by %s: %.3f (95 %% %.3f to %.3f; random pairings up to %.3f)",
        by, of.accuracy().value(), of.accuracy().low(), of.accuracy().high(), of.chance().high());
    return values;
  }

  /** Mean of 1 − r between each picture's features and its stimulus'. */
  private static double distance(Features stimuli, Features pictures) {
    double sum = 0;
    for (int row = 0; row < stimuli.rows(); row++) {
      double[] a = row(stimuli, row);
      double[] b = row(pictures, row);
      sum += 1 - new PearsonsCorrelation().correlation(a, b);
    }
    return sum / stimuli.rows();
  }

  private static double[] row(Features of, int row) {
    return IntStream.range(0, of.dimensions()).mapToDouble(d -> of.get(row, d)).toArray();
  }

  /** A row a picture. */
  String table(List<Path> seen, List<Path> made) {
    StringBuilder text = new StringBuilder("picture,stimulus,pixelCorrelation,ssim,psnr\n");
    for (int i = 0; i < each.size(); i++) {
      PictureComparison.Figures of = each.get(i);
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%.6f,%.6f,%.4f%n",
              LiveOutput.quoted(InputFiles.name(made.get(i))),
              LiveOutput.quoted(InputFiles.name(seen.get(i))),
              of.pixelCorrelation(),
              of.ssim(),
              of.psnr()));
    }
    return text.toString();
  }

  /**
   * Draws stimuli over pictures, from the best to the worst by the correlation of pixels, at equal
   * steps.
   */
  Figure grid(List<String> seen, List<String> made) {
    Integer[] order = IntStream.range(0, each.size()).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> -each.get(i).pixelCorrelation()));
    int columns = Math.min(COLUMNS, order.length);
    List<Tile> above = new ArrayList<>();
    List<Tile> below = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      int i = order[columns == 1 ? 0 : c * (order.length - 1) / (columns - 1)];
      above.add(new Tile(stimuli.get(i), seen.get(i), "", Mark.NONE));
      below.add(
          new Tile(
              pictures.get(i),
              made.get(i),
              String.format(
                  Locale.ROOT,
                  "r\u00a0%.2f, SSIM\u00a0%.2f",
                  each.get(i).pixelCorrelation(),
                  each.get(i).ssim()),
              Mark.NONE));
    }
    return PictureGrid.of(
        List.of(new Row("seen", above), new Row("drawn", below)),
        List.of(),
        FigureSize.SCREEN.withHeight(330));
  }

  /** Says the means. */
  void print(OutputOptions output) {
    output.text(
        "correlation of pixels %.3f (random pairings %.3f, 95 %% %.3f to %.3f)",
        mean(PictureComparison.Figures::pixelCorrelation),
        randomCorrelation.value(),
        randomCorrelation.low(),
        randomCorrelation.high());
    output.text(
        "structural similarity %.3f (random pairings %.3f, 95 %% %.3f to %.3f)",
        mean(PictureComparison.Figures::ssim),
        randomSimilarity.value(),
        randomSimilarity.low(),
        randomSimilarity.high());
  }
}
