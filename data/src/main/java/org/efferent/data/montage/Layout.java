package org.efferent.data.montage;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.SensorPosition;

/**
 * Places of sensors in the plane, for plots and spatial attention: x to the right and y to the
 * front, each axis stretched so that the sensors fill 0 … 1.
 */
public final class Layout {
  private final Map<String, Point> points;
  private final Labels<Point> labels;

  /**
   * A place.
   *
   * @param x 0 on the left to 1 on the right
   * @param y 0 at the back to 1 at the front
   */
  public record Point(double x, double y) {}

  private Layout(Map<String, Point> places) {
    this.points = Collections.unmodifiableMap(stretch(places));
    this.labels = new Labels<>(points);
  }

  /**
   * Reads a layout.
   *
   * @param path {@code .lay} (number, x, y, width, height, label) or {@code .lout} (the same after
   *     a line of limits); SCALE and COMNT are no sensors
   * @return the layout
   * @throws InputException if it is missing or damaged; the message names the line
   */
  public static Layout read(Path path) {
    TextTable table = new TextTable(path, "\\s+", 6);
    List<TextTable.Line> lines = table.lines;
    // The limits say what the rest says better.
    boolean limits = !lines.isEmpty() && lines.get(0).fields().size() == 4;
    Map<String, Point> places = new LinkedHashMap<>();
    for (TextTable.Line line : lines.subList(limits ? 1 : 0, lines.size())) {
      if (line.fields().size() < 6) {
        throw new InputException(
            "%s: line %d: must have number, x, y, width, height and label; fields=%d"
                .formatted(table.name, line.number(), line.fields().size()));
      }
      String label = line.fields().get(5);
      if (!label.equals("SCALE") && !label.equals("COMNT")) {
        places.put(label, new Point(table.number(line, 1), table.number(line, 2)));
      }
    }
    if (places.isEmpty()) {
      throw new InputException(table.name + ": has no sensors; a layout has a line for each");
    }
    return new Layout(places);
  }

  /**
   * The azimuthal equidistant projection from above: the distance from the middle is the angle from
   * the vertical through the origin of the coordinates.
   *
   * @param montage positions around their origin
   * @return their places in the plane
   */
  public static Layout of(Montage montage) {
    Map<String, Point> places = new LinkedHashMap<>();
    montage.positions().forEach((label, p) -> places.put(label, project(p)));
    return new Layout(places);
  }

  /** Places by label, in order. */
  public Map<String, Point> points() {
    return points;
  }

  /**
   * Finds a sensor as {@link Montage#find} does.
   *
   * @param label as a recording writes it
   * @return its place
   */
  public Optional<Point> find(String label) {
    return labels.find(label);
  }

  private static Point project(SensorPosition p) {
    double flat = Math.hypot(p.x(), p.y());
    double angle = Math.atan2(flat, p.z());
    return flat == 0 ? new Point(0, 0) : new Point(angle * p.x() / flat, angle * p.y() / flat);
  }

  private static Map<String, Point> stretch(Map<String, Point> places) {
    double left = places.values().stream().mapToDouble(Point::x).min().orElse(0);
    double right = places.values().stream().mapToDouble(Point::x).max().orElse(1);
    double back = places.values().stream().mapToDouble(Point::y).min().orElse(0);
    double front = places.values().stream().mapToDouble(Point::y).max().orElse(1);
    Map<String, Point> all = new LinkedHashMap<>();
    places.forEach(
        (label, p) ->
            all.put(label, new Point(part(p.x(), left, right), part(p.y(), back, front))));
    return all;
  }

  private static double part(double value, double from, double to) {
    return from == to ? 0.5 : (value - from) / (to - from);
  }
}
