package org.efferent.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.efferent.filters.task.FittsFigures;
import org.efferent.filters.task.Target;
import org.efferent.filters.task.Trial;
import org.efferent.filters.task.TrialBlock;
import org.efferent.filters.task.TrialFigures;
import org.efferent.filters.task.TypingFigures;
import org.efferent.viz.BarComparison;
import org.efferent.viz.BarComparison.Better;
import org.efferent.viz.Figure;
import org.efferent.viz.FigureSize;
import org.efferent.viz.FittsFigure;
import org.efferent.viz.Trajectories;
import org.efferent.viz.Trajectory;

/** The pictures of a session. */
final class SessionPictures {
  /** Trials whose paths are drawn. */
  static final int SHOWN_TRIALS = 32;

  private SessionPictures() {}

  /** Paths of the last trials, over their targets. */
  static Figure paths(TrialBlock session) {
    List<double[]> points = new ArrayList<>();
    Set<Target> targets = new LinkedHashSet<>();
    int n = session.trials().size();
    for (TrialBlock.Ended ended : session.trials().subList(Math.max(0, n - SHOWN_TRIALS), n)) {
      Trial trial = ended.trial();
      for (int i = 0; i <= trial.bins(); i++) {
        points.add(new double[] {trial.x(i), trial.y(i)});
      }
      points.add(new double[] {Double.NaN, Double.NaN});
      targets.add(trial.target());
    }
    double[] seconds = new double[points.size()];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = i;
    }
    Trajectory run = new Trajectory(seconds, points.toArray(double[][]::new), null, null);
    return Trajectories.pathAmong(
        run,
        TaskScreen.places(List.copyOf(targets), Optional.empty()),
        "cm",
        FigureSize.SCREEN.withHeight(720));
  }

  /** Fitts' law over the acquired trials; empty where none was. */
  static Optional<Figure> fitts(TrialBlock session) {
    Map<Double, List<double[]>> sizes = new TreeMap<>();
    for (TrialBlock.Ended ended : session.trials()) {
      TrialFigures f = TrialFigures.of(ended.trial());
      if (ended.trial().acquired()) {
        sizes
            .computeIfAbsent(f.width(), w -> new ArrayList<>())
            .add(new double[] {f.difficulty(), f.movementSeconds()});
      }
    }
    if (sizes.isEmpty()) {
      return Optional.empty();
    }
    List<FittsFigure.Size> named = new ArrayList<>();
    sizes.forEach(
        (width, points) ->
            named.add(new FittsFigure.Size(String.format(Locale.ROOT, "%.1f cm", width), points)));
    FittsFigures line = session.fitts();
    return Optional.of(
        FittsFigure.of(
            named, line.interceptSeconds(), line.slopeSecondsPerBit(), FigureSize.SCREEN));
  }

  static Optional<Figure> acquisition(List<TrialBlock> blocks) {
    return bars(
        "median acquisition time (s)",
        Better.LOWER,
        blocks,
        block -> block.figures().medianAcquisitionSeconds());
  }

  static Optional<Figure> bits(List<TrialBlock> blocks) {
    return bars("bit rate (bit/s)", Better.HIGHER, blocks, b -> b.figures().bitsPerSecond());
  }

  static Optional<Figure> typing(List<TrialBlock> blocks) {
    return bars(
        "correct characters a minute",
        Better.HIGHER,
        blocks,
        block ->
            block
                .typing()
                .map(TypingFigures::correctCharactersPerMinute)
                .map(value -> Math.max(0, value))
                .orElse(Double.NaN));
  }

  /** A bar a block that has the figure; empty where none has. */
  private static Optional<Figure> bars(
      String measure, Better better, List<TrialBlock> blocks, ToDoubleFunction<TrialBlock> figure) {
    List<BarComparison.Bar> bars = new ArrayList<>();
    for (TrialBlock block : blocks) {
      double value = figure.applyAsDouble(block);
      if (Double.isFinite(value)) {
        bars.add(new BarComparison.Bar(block.name(), value));
      }
    }
    return bars.isEmpty()
        ? Optional.empty()
        : Optional.of(
            BarComparison.of(
                measure,
                better,
                bars,
                null,
                FigureSize.SCREEN.withHeight(Math.min(4000, 140 + 40 * bars.size()))));
  }
}
