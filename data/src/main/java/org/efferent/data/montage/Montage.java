package org.efferent.data.montage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.ChannelInfo;
import org.efferent.core.InputException;
import org.efferent.core.SensorPosition;
import org.efferent.core.SensorPosition.Frame;
import org.efferent.core.StreamInfo;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;

/** Positions of sensors by label. Spheres of radius 1 become heads of 85 mm. */
public final class Montage {
  private static final double HEAD_RADIUS = 0.085;

  private final String name;
  private final Map<String, SensorPosition> positions;
  private final Labels<SensorPosition> labels;

  private Montage(String name, Map<String, SensorPosition> positions) {
    this.name = name;
    this.positions = Collections.unmodifiableMap(positions);
    this.labels = new Labels<>(positions);
  }

  /**
   * A montage that is computed.
   *
   * @param name {@code standard_1005} and {@code standard_1010} (all positions of the 10-05 system;
   *     10-10 without half steps) or {@code standard_1020} (21 electrodes)
   * @return the montage, on a sphere
   * @throws UsageException if the name is another
   */
  public static Montage named(String name) {
    boolean all = name.equals("standard_1005");
    boolean ten = name.equals("standard_1010");
    if (!all && !ten && !name.equals("standard_1020")) {
      throw new UsageException(
          "a montage is standard_1005, standard_1010, standard_1020 or a file; montage='"
              + name
              + "'");
    }
    Map<String, SensorPosition> positions = new LinkedHashMap<>();
    TenFive.positions()
        .forEach(
            (label, p) -> {
              if (all || (ten ? isTenTen(label) : TenFive.TEN_TWENTY.contains(label))) {
                positions.put(label, onHead(p[0], p[1], p[2]));
              }
            });
    return new Montage(name, positions);
  }

  /**
   * Reads a montage.
   *
   * @param path {@code .csv} or {@code .tsv} with columns {@code name} or {@code label}, {@code x},
   *     {@code y}, {@code z} (with a column {@code coil_type}: metres, device coordinates), or
   *     {@code .txt} with columns Site, Theta, Phi in degrees as BioSemi publishes them
   * @return the montage
   * @throws InputException if it is missing or damaged; the message names the line
   */
  public static Montage read(Path path) {
    String file = InputFiles.name(path);
    String lower = file.toLowerCase(Locale.ROOT);
    String separator = lower.endsWith(".csv") ? "," : lower.endsWith(".tsv") ? "\t" : "\\s+";
    TextTable table = new TextTable(path, separator, -1);
    if (table.lines.isEmpty()) {
      throw new InputException(file + ": is empty; a montage begins with the names of its columns");
    }
    List<String> columns =
        table.lines.get(0).fields().stream().map(c -> c.toLowerCase(Locale.ROOT)).toList();
    Map<String, double[]> points = new LinkedHashMap<>();
    boolean angles = columns.contains("theta") && columns.contains("phi");
    int a = column(file, columns, angles ? "theta" : "x");
    int b = column(file, columns, angles ? "phi" : "y");
    int c = angles ? -1 : column(file, columns, "z");
    for (TextTable.Line line : table.lines.subList(1, table.lines.size())) {
      double first = table.number(line, a);
      double second = table.number(line, b);
      double[] point =
          angles ? sphere(first, second) : new double[] {first, second, table.number(line, c)};
      points.put(line.fields().get(0), point);
    }
    boolean device = columns.contains("coil_type");
    boolean unit = !device && points.values().stream().allMatch(Montage::isOnUnitSphere);
    Map<String, SensorPosition> positions = new LinkedHashMap<>();
    points.forEach(
        (label, p) ->
            positions.put(
                label,
                unit
                    ? onHead(p[0], p[1], p[2])
                    : new SensorPosition(
                        device ? Frame.DEVICE : Frame.TEMPLATE, p[0], p[1], p[2])));
    int dot = file.lastIndexOf('.');
    return new Montage(dot < 0 ? file : file.substring(0, dot), positions);
  }

  /** Its name, or that of its file without the end. */
  public String name() {
    return name;
  }

  /** Positions by label, in order. */
  public Map<String, SensorPosition> positions() {
    return positions;
  }

  /**
   * Finds a sensor; case, dots, spaces, the prefix EEG and the suffix -Ref do not count.
   *
   * @param label as a recording writes it
   * @return where it is
   */
  public Optional<SensorPosition> find(String label) {
    return labels.find(label);
  }

  /**
   * Gives the channels of a stream their positions; those that are not found stay as they are.
   *
   * @param info a stream
   * @return a copy
   */
  public StreamInfo apply(StreamInfo info) {
    List<ChannelInfo> channels = new ArrayList<>();
    for (ChannelInfo channel : info.channels()) {
      channels.add(find(channel.label()).map(channel::at).orElse(channel));
    }
    return new StreamInfo(info.name(), info.type(), info.sampleRateHz(), info.sourceId(), channels);
  }

  private static int column(String file, List<String> columns, String name) {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new InputException(
          "%s: line 1: must name a column '%s'; columns=%s".formatted(file, name, columns));
    }
    return index;
  }

  /** Theta from the vertex, negative on the left; phi from the right ear to the front. */
  private static double[] sphere(double theta, double phi) {
    double t = Math.toRadians(theta);
    double p = Math.toRadians(phi);
    return new double[] {Math.sin(t) * Math.cos(p), Math.sin(t) * Math.sin(p), Math.cos(t)};
  }

  private static boolean isOnUnitSphere(double[] p) {
    return Math.abs(Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]) - 1) < 0.05;
  }

  private static SensorPosition onHead(double x, double y, double z) {
    return new SensorPosition(Frame.TEMPLATE, HEAD_RADIUS * x, HEAD_RADIUS * y, HEAD_RADIUS * z);
  }

  /** Names of 10-10 have no half steps and at most two letters of region before z or a number. */
  private static boolean isTenTen(String label) {
    return label.matches("(Fp|AF|F|FC|FT|C|T|CP|TP|P|PO|O|N|I)(z|\\d{1,2})");
  }
}
