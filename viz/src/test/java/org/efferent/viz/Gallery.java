package org.efferent.viz;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Every kind of figure and every painter of a window, with material that never changes. */
final class Gallery {
  private static final FigureSize SIZE = FigureSize.COLUMN;

  private Gallery() {}

  /** Figures by name. */
  static Map<String, Supplier<Figure>> figures() {
    Map<String, Supplier<Figure>> all = new LinkedHashMap<>();
    all.put("trajectories", () -> trajectories(true));
    all.put("path", () -> path(true));
    all.put("latency", () -> LatencyFigure.histogram(series(300, 180, 60), SIZE));
    all.put("directions", () -> DirectionFigure.angularErrors(run(true), SIZE));
    all.put("bars", () -> bars());
    all.put("fitts", () -> fitts());
    all.put("learning-curve", () -> learning());
    all.put("curves", () -> curves(6));
    all.put("time-resolved", () -> timeResolved());
    all.put("matrix", () -> matrix());
    all.put("topography", () -> topography(2));
    all.put("retrieval-grid", () -> retrieval());
    return all;
  }

  /** What windows show, by name and look. */
  static Map<String, Supplier<BufferedImage>> windows() {
    Map<String, Supplier<BufferedImage>> all = new LinkedHashMap<>();
    for (Look look : Look.values()) {
      String name = look.name().toLowerCase(Locale.ROOT);
      all.put("cursor-" + name, () -> cursor(look));
      all.put("task-" + name, () -> task(look));
      all.put("ranking-" + name, () -> ranking(look));
    }
    return all;
  }

  /**
   * A sum of waves around a middle: the same on every machine, unlike a random number's rounding.
   */
  private static double[] series(int n, double middle, double reach) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] =
          middle + reach * (Math.sin(i * 0.7) + Math.sin(i * 0.31 + 1) + Math.sin(i * 1.9)) / 3;
    }
    return values;
  }

  private static Trajectory run(boolean truth) {
    int n = 120;
    double[] seconds = new double[n];
    double[][] decoded = new double[n][2];
    double[][] wanted = new double[n][2];
    double[][] deviations = new double[n][2];
    double[] noise = series(2 * n, 0, 1.2);
    for (int i = 0; i < n; i++) {
      seconds[i] = i * 0.1;
      wanted[i] = new double[] {6 * Math.cos(i * 0.08), 4 * Math.sin(i * 0.11)};
      decoded[i] = new double[] {wanted[i][0] * 0.85 + noise[i], wanted[i][1] * 0.9 + noise[n + i]};
      deviations[i] = new double[] {0.7, 0.5};
    }
    return new Trajectory(seconds, decoded, truth ? wanted : null, deviations);
  }

  static Figure trajectories(boolean truth) {
    return Trajectories.overTime(
        run(truth), List.of("velocity x (cm/s)", "velocity y (cm/s)"), SIZE);
  }

  static Figure path(boolean targets) {
    List<Disc> discs = List.of(new Disc(6, 0, 1), new Disc(-6, 0, 1), new Disc(0, 5, 1));
    return Trajectories.path(run(true), targets ? discs : List.of(), "cm", SIZE);
  }

  private static Figure bars() {
    return BarComparison.of(
        "nRMSE",
        BarComparison.Better.LOWER,
        List.of(
            new BarComparison.Bar("Kalman", 0.77, 0.74, 0.8),
            new BarComparison.Bar("DKF", 0.62, 0.6, 0.65),
            new BarComparison.Bar("UKF", 0.71)),
        new BarComparison.Reference(1, "predicting zero"),
        SIZE);
  }

  private static Figure fitts() {
    return FittsFigure.of(
        List.of(
            new FittsFigure.Size(
                "1.6 cm",
                List.of(new double[] {3, 2}, new double[] {2.5, 1.8}, new double[] {4, 2.6})),
            new FittsFigure.Size("3.5 cm", List.of(new double[] {2, 1.5}, new double[] {1.2, 1}))),
        0.5,
        0.5,
        SIZE);
  }

  private static Figure learning() {
    double[] training = new double[20];
    double[] validation = new double[20];
    for (int i = 0; i < 20; i++) {
      training[i] = 1 + 3 * Math.exp(-i / 5.0);
      validation[i] = 1.6 + 2.4 * Math.exp(-i / 3.0) + 0.02 * i;
    }
    return LearningCurve.of(training, validation, 9, SIZE);
  }

  static Figure curves(int count) {
    List<Curves.Curve> curves = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      double[] y = new double[8];
      for (int i = 0; i < 8; i++) {
        y[i] = 0.9 - 0.12 * c - 0.5 * Math.exp(-i / (1.5 + c * 0.3));
      }
      curves.add(new Curves.Curve("decoder " + (c + 1), new double[] {1, 2, 3, 4, 5, 6, 7, 8}, y));
    }
    return Curves.of(curves, Curves.Options.of("repetitions", "accuracy (share)"), SIZE);
  }

  private static Figure timeResolved() {
    double[] seconds = new double[41];
    double[][] folds = new double[5][41];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = -0.2 + i * 0.025;
      double peak = Math.exp(-Math.pow((seconds[i] - 0.25) / 0.15, 2));
      for (int f = 0; f < 5; f++) {
        folds[f][i] = 50 + (25 + 3 * f) * peak + 2 * Math.sin(i * 0.9 + f);
      }
    }
    return TimeResolved.ofFolds(seconds, folds, "accuracy (%)", 50, SIZE);
  }

  private static Figure matrix() {
    double[][] values = new double[12][12];
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 12; j++) {
        values[i][j] = 50 + 40 * Math.exp(-Math.pow((i - j) / 2.0, 2)) - (i > 8 ? 8 : 0);
      }
    }
    MatrixFigure.Axis trained = MatrixFigure.Axis.values("time of training (s)", 0, 0.55);
    MatrixFigure.Axis tested = MatrixFigure.Axis.values("time of testing (s)", 0, 0.55);
    return MatrixFigure.of(
        values, trained, tested, MatrixFigure.Options.around("accuracy (%)", 50, "chance"), SIZE);
  }

  static Figure topography(int maps) {
    double[] places = new double[2 * 19];
    double[] values = new double[19];
    for (int i = 1; i < 19; i++) {
      double r = i < 7 ? 0.45 : 0.85;
      double angle = i < 7 ? i * Math.PI / 3 : i * Math.PI / 6;
      places[2 * i] = r * Math.cos(angle);
      places[2 * i + 1] = r * Math.sin(angle);
      values[i] = places[2 * i] - 0.5 * places[2 * i + 1];
    }
    List<Topography.Map> all =
        List.of(
            new Topography.Map("100 ms", values), new Topography.Map("200 ms", series(19, 0, 1)));
    return Topography.of(
        HeadSensors.onHead(places, 0, 0, 1),
        all.subList(0, maps),
        Topography.Options.diverging("potential (µV)"),
        FigureSize.millimetres(120, 55, 10));
  }

  private static BufferedImage picture(Color color) {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(color);
    g.fillRect(0, 0, 40, 30);
    g.setColor(Color.WHITE);
    g.fillOval(10, 5, 20, 20);
    g.dispose();
    return image;
  }

  private static Figure retrieval() {
    List<RetrievalGrid.Item> items =
        List.of(
            new RetrievalGrid.Item("dog", picture(Palette.GREEN)),
            new RetrievalGrid.Item("cat", picture(Palette.PURPLE)),
            new RetrievalGrid.Item("tree", null),
            new RetrievalGrid.Item("house", picture(Palette.SKY)));
    double[][] scores = {{0.9, 0.2, 0.4, 0.1}, {0.5, 0.3, 0.1, 0.8}};
    return RetrievalGrid.of(
        items, new int[] {0, 1}, scores, 3, FigureSize.millimetres(120, 75, 10));
  }

  private static BufferedImage cursor(Look look) {
    CursorPainter painter = new CursorPainter(look);
    for (int i = 0; i < 20; i++) {
      painter.follow(
          new CursorState(
              i * 0.05,
              new Disc(-0.4 + i * 0.02, -0.2 + i * 0.01, 0.03),
              new Disc(0.3, 0.2, 0.06),
              new CursorStatus(CursorStatus.Mode.RUNNING, 600, 2, 0.41, 1.32)));
    }
    return painter.image(480, 400);
  }

  private static BufferedImage task(Look look) {
    TaskView view = TaskExamples.keys(7, 8, 0.5, new Disc(2, 1, 0.75), null);
    return new TaskPainter(look).image(view, 480, 400);
  }

  private static BufferedImage ranking(Look look) {
    RankingView view =
        new RankingView(
            RankingView.State.DECIDED,
            "",
            3,
            List.of(
                new RankingView.Answer("dog", picture(Palette.GREEN), 0.6),
                new RankingView.Answer("cat", picture(Palette.PURPLE), 0.25),
                new RankingView.Answer("house", null, 0.1)),
            0.4,
            null);
    return new RankingPainter(look).image(view, 480, 360);
  }
}
