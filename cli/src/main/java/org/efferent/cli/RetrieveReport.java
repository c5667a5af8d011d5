package org.efferent.cli;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.efferent.retrieval.control.ControlResult;
import org.efferent.retrieval.protocol.Evaluation;
import org.efferent.retrieval.statistics.Interval;
import org.efferent.viz.BarComparison;
import org.efferent.viz.Curves;
import org.efferent.viz.Figure;
import org.efferent.viz.FigureSize;
import org.efferent.viz.PictureGrid;
import org.efferent.viz.PictureGrid.Mark;
import org.efferent.viz.PictureGrid.Row;
import org.efferent.viz.PictureGrid.Tile;
import org.efferent.viz.Report;

/**
 * The page of an evaluation: protocol, figures with chance, curves, the best and worst answers.
 *
 * <p>Longer than 300 lines: a section after the other, each with its words.
 */
final class RetrieveReport {
  private static final int ROWS = 4;
  private static final int ANSWERS = 5;

  private final Evaluation evaluation;
  private final Map<String, Interval> intervals;
  private final List<ControlResult> controls;
  private final List<String> names;
  private final NamedPictures pictures;

  /**
   * A page to be written.
   *
   * @param evaluation what was evaluated
   * @param intervals of its figures
   * @param controls that were run; empty for none
   * @param names of the candidates; empty for their numbers
   * @param pictures folder of pictures by the candidates' names; null for names alone
   */
  RetrieveReport(
      Evaluation evaluation,
      Map<String, Interval> intervals,
      List<ControlResult> controls,
      List<String> names,
      Path pictures) {
    this.evaluation = evaluation;
    this.intervals = intervals;
    this.controls = controls;
    this.names = names;
    this.pictures = new NamedPictures(pictures, read -> read);
  }

  /**
   * Writes {@code report.html} and its pictures.
   *
   * @param out folder
   * @param facts that let others repeat it
   * @param curve top-1 by the number of repetitions that were averaged; one or none: not drawn
   */
  void write(Path out, Map<String, String> facts, SortedMap<Integer, Interval> curve) {
    Report report = new Report("Retrieval of " + evaluation.figures().gallery() + " candidates");
    double top1 = evaluation.figures().top().get(1);
    report.highlight(
        format(top1),
        "is the share of %d queries whose truth stands first among %d candidates; guessing reaches %s."
            .formatted(
                evaluation.figures().queries(),
                evaluation.figures().gallery(),
                format(evaluation.chance().top().get(1))));
    report.section("Protocol");
    evaluation.protocol().forEach(line -> report.paragraph(capital(line) + "."));
    figures(report, out);
    if (curve.size() > 1) {
      Figure drawn = repetitions(curve);
      report.figure(
          "Averages of embeddings of 1, 2, 4 … repetitions of a stimulus and subject, drawn without replacement; bands are 95 % intervals.",
          drawn);
      drawn.writePng(out.resolve("repetitions.png"), 2, org.efferent.viz.IfExists.REPLACE);
    }
    examples(report, out);
    if (!controls.isEmpty()) {
      controls(report);
    }
    published(report);
    report.provenance(facts).glossary(words());
    report.write(out.resolve("report.html"), org.efferent.viz.IfExists.REPLACE);
  }

  private void figures(Report report, Path out) {
    Map<String, Double> chance = evaluation.chance().byName();
    String over = intervals.get("top1").over();
    List<List<String>> rows = new ArrayList<>();
    evaluation
        .figures()
        .byName()
        .forEach(
            (name, value) -> {
              Interval one = intervals.get(name);
              rows.add(
                  List.of(
                      words(name),
                      format(value),
                      one == null ? "" : format(one.low()) + " to " + format(one.high()),
                      format(chance.get(name))));
            });
    report
        .section("Figures")
        .table(
            "Every figure beside the one that guessing has with this gallery; intervals of 95 %% over %s. Equal scores share their ranks."
                .formatted(over),
            List.of("Figure", "Value", "95 % interval", "Chance"),
            rows);
    Figure ways = ways();
    report.figure(
        "The truth against k − 1 other candidates, exactly from the ranks; dashed, guessing.",
        ways);
    ways.writePng(out.resolve("k-way.png"), 2, org.efferent.viz.IfExists.REPLACE);
    Figure curve = ranks();
    report.figure("How many queries have the truth among the first k.", curve);
    curve.writePng(out.resolve("top-k.png"), 2, org.efferent.viz.IfExists.REPLACE);
    if (evaluation.labels().has(org.efferent.retrieval.evaluate.Identity.SUBJECT)) {
      List<BarComparison.Bar> bars = new ArrayList<>();
      evaluation.bySubject("top1").forEach((s, v) -> bars.add(new BarComparison.Bar(s, v)));
      Figure subjects =
          BarComparison.of(
              "top-1 by subject",
              BarComparison.Better.HIGHER,
              bars,
              new BarComparison.Reference(chance.get("top1"), "chance"),
              FigureSize.PAGE.withHeight(120 + 24 * bars.size()));
      report.figure("Each subject's queries.", subjects);
      subjects.writePng(out.resolve("subjects.png"), 2, org.efferent.viz.IfExists.REPLACE);
    }
  }

  private Figure repetitions(SortedMap<Integer, Interval> curve) {
    int n = curve.size();
    double[] x = new double[n];
    double[] y = new double[n];
    double[] low = new double[n];
    double[] high = new double[n];
    int i = 0;
    for (Map.Entry<Integer, Interval> point : curve.entrySet()) {
      x[i] = point.getKey();
      y[i] = point.getValue().value();
      low[i] = Math.min(y[i], point.getValue().low());
      high[i] = Math.max(y[i], point.getValue().high());
      i++;
    }
    return Curves.of(
        List.of(new Curves.Curve("encoder", x, y, low, high)),
        new Curves.Options(
            "repetitions",
            "top-1",
            true,
            new BarComparison.Reference(evaluation.chance().top().get(1), "chance"),
            "95 % interval"),
        FigureSize.PAGE);
  }

  private Figure ways() {
    Map<String, Double> figures = evaluation.figures().byName();
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    List<Double> guess = new ArrayList<>();
    figures.forEach(
        (name, value) -> {
          if (name.startsWith("kWayTop1.")) {
            double way = Double.parseDouble(name.substring(name.indexOf('.') + 1));
            x.add(way);
            y.add(value);
            guess.add(1 / way);
          }
        });
    return Curves.of(
        List.of(
            new Curves.Curve("encoder", array(x), array(y)),
            new Curves.Curve("chance, 1/k", array(x), array(guess))),
        new Curves.Options("k", "right of k", true, null, ""),
        FigureSize.PAGE);
  }

  private Figure ranks() {
    int queries = evaluation.ranks().queries();
    int candidates = evaluation.ranks().candidates();
    int points = Math.min(candidates, 60);
    double[] x = new double[points];
    double[] y = new double[points];
    double[] guess = new double[points];
    int used = 0;
    int before = 0;
    for (int i = 0; i < points; i++) {
      int k = (int) Math.round(Math.pow(candidates, i / Math.max(1.0, points - 1.0)));
      if (k == before) {
        continue;
      }
      before = k;
      double sum = 0;
      for (int q = 0; q < queries; q++) {
        sum += evaluation.ranks().within(q, k);
      }
      x[used] = k;
      y[used] = sum / queries;
      guess[used++] = k / (double) candidates;
    }
    int n = used;
    return Curves.of(
        List.of(
            new Curves.Curve("encoder", head(x, n), head(y, n)),
            new Curves.Curve("chance", head(x, n), head(guess, n))),
        new Curves.Options("k, of " + candidates, "truth among the first k", true, null, ""),
        FigureSize.PAGE);
  }

  private void examples(Report report, Path out) {
    int queries = evaluation.ranks().queries();
    List<Integer> order =
        IntStream.range(0, queries)
            .boxed()
            .sorted(Comparator.comparingDouble(q -> evaluation.ranks().rank(q)))
            .toList();
    List<Row> rows = new ArrayList<>();
    ofOtherStimuli(order).forEach(q -> rows.add(row("best", q)));
    List<Integer> backwards = new ArrayList<>(order);
    Collections.reverse(backwards);
    ofOtherStimuli(backwards).forEach(q -> rows.add(row("worst", q)));
    List<String> headings = new ArrayList<>(List.of("truth"));
    for (int a = 1; a <= Math.min(ANSWERS, evaluation.ranks().candidates()); a++) {
      headings.add("answer " + a);
    }
    Figure grid =
        PictureGrid.of(
            rows, headings, FigureSize.PAGE.withHeight(60 + 110 * Math.max(1, rows.size())));
    report
        .section("The best and the worst")
        .figure(
            "Queries whose truth stands first, and those where it stands last: chosen by rank alone, one a stimulus. The truth, then the first answers with their scores.",
            grid);
    grid.writePng(out.resolve("examples.png"), 2, org.efferent.viz.IfExists.REPLACE);
  }

  /** The first few, one a stimulus. */
  private List<Integer> ofOtherStimuli(List<Integer> order) {
    Set<Integer> seen = new HashSet<>();
    return order.stream().filter(q -> seen.add(evaluation.truth().of(q)[0])).limit(ROWS).toList();
  }

  private Row row(String kind, int query) {
    int candidates = evaluation.scores().candidates();
    double[] scores = new double[candidates];
    evaluation.scores().read(query, 1, scores);
    int[] right = evaluation.truth().of(query);
    List<Tile> tiles = new ArrayList<>();
    tiles.add(tile(right[0], "", Mark.NONE));
    IntStream.range(0, candidates)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> -scores[j]))
        .limit(ANSWERS)
        .forEach(
            j -> {
              boolean is = IntStream.of(right).anyMatch(r -> r == j);
              String said = String.format(Locale.ROOT, "%.3f", scores[j]);
              tiles.add(tile(j, said, is ? Mark.RIGHT : Mark.WRONG));
            });
    return new Row(
        String.format(Locale.ROOT, "%s: rank %.0f", kind, evaluation.ranks().rank(query)), tiles);
  }

  private Tile tile(int candidate, String score, Mark mark) {
    String name = names.isEmpty() ? Integer.toString(candidate) : names.get(candidate);
    BufferedImage picture = pictures.get(name);
    String caption = picture == null ? score : score.isEmpty() ? name : name + ", " + score;
    return new Tile(picture, name, caption, mark);
  }

  private void controls(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (ControlResult one : controls) {
      Map<String, Object> plain = RetrieveControlOptions.plain(one);
      rows.add(
          one instanceof ControlResult.Ran ran
              ? List.of(
                  one.name(),
                  format(ran.figures().top().get(1)),
                  ran.chanceInside() ? "at chance" : "NOT at chance",
                  String.valueOf(plain.get("note")))
              : List.of(one.name(), "", "not run", String.valueOf(plain.get("note"))));
    }
    report
        .section("Controls")
        .table(
            "What must be at chance if nothing leaks: the same evaluation without what it claims to read.",
            List.of("Control", "Top-1", "Verdict", "Remark"),
            rows);
  }

  private static void published(Report report) {
    report
        .section("Published figures")
        .paragraph(
            "From the papers, each under its own protocol; none was measured here, and none is comparable with the figures above unless data, gallery, repetitions, split and choice of the model are the same.")
        .table(
            "Published figures with their protocols.",
            PublishedFigures.HEADER,
            PublishedFigures.ROWS);
  }

  private static Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("Chance", "What guessing would reach with this gallery.");
    words.put("Gallery", "The candidates among which the truth is looked for.");
    words.put(
        "k-way",
        "The truth against k − 1 others, over all ways to choose them; reckoned from ranks, not drawn.");
    words.put(
        "Median rank", "Half of the queries have fewer candidates than this before the truth.");
    words.put(
        "Most frequent answer's share",
        "How often the candidate that is named most is named; large where an encoder says much the same of all.");
    words.put("Top-k", "How many queries have the truth among the first k.");
    return words;
  }

  private static String words(String name) {
    return name.replaceFirst("^kWayTop([0-9]+)[.]([0-9]+)$", "top-$1 of $2")
        .replaceFirst("^top([0-9]+)$", "top-$1")
        .replaceAll("([A-Z])", " $1")
        .toLowerCase(Locale.ROOT);
  }

  private static String capital(String line) {
    return line.substring(0, 1).toUpperCase(Locale.ROOT) + line.substring(1);
  }

  private static String format(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.3f", value);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] head(double[] values, int n) {
    return java.util.Arrays.copyOf(values, n);
  }
}
