package org.efferent.retrieval.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.efferent.retrieval.evaluate.Embeddings;
import org.efferent.retrieval.evaluate.Labels;
import org.efferent.retrieval.statistics.Bootstrap;
import org.efferent.retrieval.statistics.Interval;

/** A figure over windows of time. */
public final class WindowCurve {
  private final String figure;
  private final List<Point> points;

  /**
   * One window.
   *
   * @param window when
   * @param evaluation of the embeddings of this window
   * @param interval of the figure
   * @param chance of the figure
   */
  public record Point(TimeWindow window, Evaluation evaluation, Interval interval, double chance) {}

  private WindowCurve(String figure, List<Point> points) {
    this.figure = figure;
    this.points = List.copyOf(points);
  }

  /**
   * Evaluates window after window.
   *
   * @param protocol of each
   * @param windows growing, sliding, any
   * @param encoder embeddings {@code [n × width]} of the same trials, from this window alone; who
   *     gives it says whether one model was trained a window
   * @param labels of the trials
   * @param candidates {@code [m × width]}
   * @param identities of the candidates
   * @param figure one of the names of query figures, such as {@code top1}
   * @param bootstrap of its intervals
   * @return the curve
   */
  public static WindowCurve of(
      ImageProtocol protocol,
      List<TimeWindow> windows,
      Function<TimeWindow, Embeddings> encoder,
      Labels labels,
      Embeddings candidates,
      List<String> identities,
      String figure,
      Bootstrap bootstrap) {
    List<Point> points = new ArrayList<>();
    for (TimeWindow window : windows) {
      Evaluation evaluation =
          protocol.evaluate(
              encoder.apply(window), labels, candidates, identities, bootstrap.seed());
      Interval interval =
          bootstrap.interval(
              evaluation.queries().of(figure),
              evaluation.queries().aggregate(figure),
              evaluation.factors());
      points.add(new Point(window, evaluation, interval, evaluation.chance().byName().get(figure)));
    }
    return new WindowCurve(figure, points);
  }

  /** Which figure. */
  public String figure() {
    return figure;
  }

  /** The windows in the order given. */
  public List<Point> points() {
    return points;
  }
}
