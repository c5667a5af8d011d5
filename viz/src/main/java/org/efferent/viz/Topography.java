package org.efferent.viz;

import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * Values of sensors on a head seen from above, the nose up, with a smooth surface between them, the
 * one that MNE-Python draws ({@link HeadSurface}): saliency, the loss without a sensor, a pattern
 * of activity.
 *
 * <pre>{@code
 * HeadSensors sensors = HeadSensors.of(layout.positions(), placed);
 * List<Topography.Map> maps = List.of(new Topography.Map("100 ms", values));
 * Topography.of(sensors, maps, Topography.Options.diverging("saliency (a.u.)"), FigureSize.PAGE);
 * }</pre>
 */
public final class Topography {
  /** One head and its title. Immutable. */
  public static final class Map {
    private final String title;
    private final double[] values;

    /**
     * A head.
     *
     * @param title above the head, "100 ms"; may be empty
     * @param values one a sensor, {@code [sensors]}; copied. NaN where none is known: the sensor is
     *     drawn as a crossed ring and left out of the surface
     */
    public Map(String title, double[] values) {
      this.title = Objects.requireNonNull(title, "title");
      this.values = values.clone();
      for (int i = 0; i < values.length; i++) {
        if (Double.isInfinite(values[i])) {
          throw new IllegalArgumentException(
              "values are finite, or NaN where none is known; values[" + i + "]=" + values[i]);
        }
      }
    }
  }

  /**
   * How maps are drawn.
   *
   * @param unit what the colours mean and its unit, "saliency (a.u.)"; may be empty
   * @param scale one for all maps; null for red above and blue below zero, as far as the values go
   * @param contours whether lines of equal value are drawn, at most nine, at round values
   */
  public record Options(String unit, ColorScale scale, boolean contours) {
    /** Checks the unit. */
    public Options {
      Objects.requireNonNull(unit, "unit");
    }

    /**
     * Red above and blue below zero, with contours.
     *
     * @param unit what the colours mean and its unit
     * @return options
     */
    public static Options diverging(String unit) {
      return new Options(unit, null, true);
    }

    /**
     * Light for high values, without contours.
     *
     * @param unit what the colours mean and its unit
     * @param low the darkest value
     * @param high the lightest value
     * @return options
     */
    public static Options sequential(String unit, double low, double high) {
      return new Options(unit, ColorScale.sequential(low, high), false);
    }
  }

  private static final int MOST_IN_A_ROW = 6;
  private static final int CONTOURS = 8;

  private final List<Map> maps;
  private final List<HeadMap> heads;
  private final ColorScale scale;
  private final Options options;
  private final FigureSize size;
  private final double reach;

  private Topography(HeadSensors sensors, List<Map> maps, Options options, FigureSize size) {
    this.maps = List.copyOf(maps);
    this.heads = maps.stream().map(m -> new HeadMap(sensors, m.values)).toList();
    this.scale =
        options.scale() != null
            ? options.scale()
            : ColorScale.divergingOver(0, placedValues(sensors, maps).toArray());
    this.options = options;
    this.size = size;
    this.reach = HeadMap.reach(sensors);
  }

  /**
   * Maps in a row, with one common scale of colours; more than six go on in further rows.
   *
   * @param sensors where the sensors are; those without a place are left out, and counted in the
   *     figure's words
   * @param maps at least one, each of a value a sensor
   * @param options unit, colours, contours
   * @param size of the figure; five heads in a row need a third of a page's height
   * @return the figure
   */
  public static Figure of(HeadSensors sensors, List<Map> maps, Options options, FigureSize size) {
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("a topography needs at least one map; maps=0");
    }
    for (Map map : maps) {
      if (map.values.length != sensors.count()) {
        throw new IllegalArgumentException(
            "a map has a value a sensor; map=%s, values=%d, sensors=%d"
                .formatted(map.title, map.values.length, sensors.count()));
      }
    }
    Topography all = new Topography(sensors, maps, options, size);
    return new Figure(words(sensors, maps, options), size, all::paint);
  }

  private void paint(Graphics2D g, int width, int height) {
    double f = size.fontSize();
    int rows = (maps.size() + MOST_IN_A_ROW - 1) / MOST_IN_A_ROW;
    int columns = (maps.size() + rows - 1) / rows;
    boolean titled = maps.stream().anyMatch(m -> !m.title.isEmpty());
    double title = titled ? f * 1.7 : 0;
    double up = HeadMap.NOSE + Math.max(0, reach - 1.04);
    double down = reach;
    double side = 1.12 + Math.max(0, reach - 1.04);
    ColorBar bar = new ColorBar(scale, options.unit(), Double.NaN, size);
    double right = bar.width(height * 0.7) + f * 1.6;
    double roomX = (width - f * 0.8 - right) / columns;
    double roomY = (height - f * 1.2) / rows;
    double radius =
        Math.max(
            4, Math.min((roomX - f * 0.6) / (2 * side), (roomY - title - f * 0.5) / (up + down)));
    double block = title + radius * (up + down);
    // A row of small heads is not torn apart by the width it could have.
    double step = Math.min(roomX, radius * 2 * side + f * 2.5);
    double left = f * 0.8 + ((roomX * columns) - step * columns) / 2;
    double[] levels = levels();
    for (int i = 0; i < maps.size(); i++) {
      double x = left + (i % columns + 0.5) * step;
      int row = i / columns;
      double top = f * 0.6 + row * roomY + (roomY - block) / 2;
      heads.get(i).paint(g, x, top + title + up * radius, radius, scale, levels, size);
      Font font = Charts.bold(size);
      g.setFont(font);
      g.setColor(Palette.INK);
      Pen.centre(g, Pen.cut(font, maps.get(i).title, step - f * 0.4), x, top + f);
    }
    double barHeight =
        Math.max(f * 5, Math.min(height * 0.7, rows > 1 ? height : radius * (up + down)));
    double barX = left + step * columns + f * 0.8;
    bar.paint(g, barX, (height - barHeight) / 2 + title / 2, barHeight);
  }

  private double[] levels() {
    if (!options.contours()) {
      return new double[0];
    }
    return new Ticks(scale.low(), scale.high(), CONTOURS)
        .values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static DoubleStream placedValues(HeadSensors sensors, List<Map> maps) {
    return maps.stream()
        .flatMapToDouble(
            m ->
                java.util.stream.IntStream.range(0, m.values.length)
                    .filter(sensors::placed)
                    .mapToDouble(i -> m.values[i]));
  }

  private static String words(HeadSensors sensors, List<Map> maps, Options options) {
    int placed = sensors.count() - sensors.missing();
    StringBuilder words = new StringBuilder();
    words.append(maps.size() == 1 ? "A map" : maps.size() + " maps");
    words.append(" of a head from above with ").append(placed);
    words.append(placed == 1 ? " sensor" : " sensors");
    words.append(options.unit().isEmpty() ? "" : ", " + options.unit()).append(": ");
    String comma = "";
    for (Map map : maps) {
      words.append(comma).append(map.title).append(map.title.isEmpty() ? "" : " ");
      words.append(range(sensors, map));
      comma = "; ";
    }
    words.append('.');
    if (sensors.missing() > 0) {
      words.append(" Left out for want of a place: ").append(sensors.missing()).append('.');
    }
    long unknown = placedValues(sensors, maps).filter(Double::isNaN).count();
    if (unknown > 0) {
      words.append(" Missing values: ").append(unknown).append('.');
    }
    return words.toString();
  }

  private static String range(HeadSensors sensors, Map map) {
    double[] known =
        placedValues(sensors, List.of(map)).filter(v -> !Double.isNaN(v)).sorted().toArray();
    return known.length == 0
        ? "without a value"
        : "from " + Ticks.words(known[0]) + " to " + Ticks.words(known[known.length - 1]);
  }
}
