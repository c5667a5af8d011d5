package org.efferent.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efferent.core.Estimate.Gaussian;
import org.efferent.core.InputException;
import org.efferent.core.LatencyHistogram;
import org.efferent.data.NumericCsv;
import org.efferent.filters.CursorDecoder;
import org.efferent.filters.Figures;
import org.efferent.viz.DirectionFigure;
import org.efferent.viz.Figure;
import org.efferent.viz.FigureSize;
import org.efferent.viz.IfExists;
import org.efferent.viz.Trajectories;
import org.efferent.viz.Trajectory;

/** How cursor figures are said: as JSON, as text, as a table, as a picture. */
final class CursorScore {
  private CursorScore() {}

  /** Refuses rows that do not fit the decoder. */
  static void checkShape(CursorDecoder decoder, CursorData.Rows rows) {
    checkShape(decoder, rows.features()[0].length);
    int d = rows.states()[0].length;
    if (decoder.outputs() != d) {
      throw new InputException(
          "the decoder and the states must have the same dimensions; decoder="
              + decoder.outputs()
              + ", states="
              + d);
    }
  }

  static void checkShape(CursorDecoder decoder, int features) {
    if (decoder.inputs() != features) {
      throw new InputException(
          "the decoder and the stream must have the same number of features; decoder="
              + decoder.inputs()
              + ", stream="
              + features);
    }
  }

  static void describe(Map<String, Object> result, CursorDecoder decoder) {
    result.put("filter", decoder.kind().id());
    result.put("policy", decoder.policy().id());
    result.put("noise", decoder.noise().id());
    result.put("lags", decoder.lags());
  }

  /** Scores estimates against the truth. */
  static Figures score(List<Gaussian> decoded, double[][] truth) {
    return Figures.of(decoded.stream().map(Gaussian::mean).toArray(double[][]::new), truth);
  }

  static void figures(Map<String, Object> result, Figures figures) {
    result.put("bins", figures.bins());
    result.put("nrmse", figures.nrmse());
    result.put("maae", figures.maae());
    result.put("r", figures.r());
  }

  /** Quantiles in microseconds, with the maximum; NaN where nothing was counted. */
  static Map<String, Object> micros(LatencyHistogram histogram, double... shares) {
    Map<String, Object> micros = new LinkedHashMap<>();
    double unit = histogram.count() == 0 ? Double.NaN : 1e-3;
    for (double share : shares) {
      micros.put("p" + Math.round(100 * share), histogram.quantileNanos(share) * unit);
    }
    micros.put("max", histogram.maxNanos() * unit);
    return micros;
  }

  /** Writes one row a bin: mean, then covariance row by row. */
  static void writeEstimates(Path file, List<Gaussian> estimates, boolean force) {
    int d = estimates.get(0).dimensions();
    int columns = d + d * d;
    double[] values = new double[estimates.size() * columns];
    for (int i = 0; i < estimates.size(); i++) {
      System.arraycopy(estimates.get(i).mean(), 0, values, i * columns, d);
      System.arraycopy(estimates.get(i).covariance(), 0, values, i * columns + d, d * d);
    }
    NumericCsv.write(file, List.of(), columns, values, force);
  }

  /**
   * Draws what was decoded over the truth, as PNG and SVG: {@code trajectories}, {@code angles}.
   *
   * @return the figures by their captions
   */
  static Map<String, Figure> draw(
      Path folder, List<Gaussian> decoded, double[][] truth, double binSeconds, boolean force) {
    double[] seconds = new double[decoded.size()];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = i * binSeconds;
    }
    Trajectory run = Trajectory.of(seconds, decoded, truth);
    List<String> axes = new ArrayList<>();
    for (int i = 0; i < run.dimensions(); i++) {
      String name = run.dimensions() == 2 ? (i == 0 ? "velocity x" : "velocity y") : "state " + i;
      axes.add(name + " (unit of the states)");
    }
    IfExists ifExists = force ? IfExists.REPLACE : IfExists.FAIL;
    Map<String, Figure> drawn = new LinkedHashMap<>();
    Figure over = Trajectories.overTime(run, axes, FigureSize.SCREEN);
    write(folder, "trajectories", over, ifExists);
    drawn.put("What was decoded and the truth; the band is the filter's own uncertainty.", over);
    if (run.dimensions() == 2) {
      Figure angles = DirectionFigure.angularErrors(run, FigureSize.SCREEN);
      write(folder, "angles", angles, ifExists);
      drawn.put("How far decoded directions point away from the true ones.", angles);
    }
    return drawn;
  }

  private static void write(Path folder, String name, Figure figure, IfExists ifExists) {
    figure.writePng(folder.resolve(name + ".png"), 1, ifExists);
    figure.writeSvg(folder.resolve(name + ".svg"), ifExists);
  }

  static String text(Map<String, Object> result) {
    StringBuilder text = new StringBuilder();
    result.forEach(
        (name, value) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-24s %s%n",
                    name,
                    name.equals("health") ? HealthReport.text(value) : say(value))));
    text.append(
        String.format(
            "%nnRMSE: root mean square error over that of always saying zero (1 is no better, 0"
                + " perfect).%nMAAE: mean absolute angle between decoded and true direction, radian"
                + " (chance %.2f).",
            Math.PI / 2));
    return text.toString();
  }

  static String say(Object value) {
    if (value instanceof Double d) {
      return String.format(Locale.ROOT, "%.4f", d);
    }
    if (value instanceof double[] values) {
      return java.util.Arrays.stream(values)
          .mapToObj(v -> String.format(Locale.ROOT, "%.3f", v))
          .collect(java.util.stream.Collectors.joining("  "));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(e -> e.getKey() + " " + say(e.getValue()))
          .collect(java.util.stream.Collectors.joining(", "));
    }
    return String.valueOf(value);
  }
}
