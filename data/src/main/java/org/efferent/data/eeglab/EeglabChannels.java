package org.efferent.data.eeglab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.efferent.core.ChannelInfo;
import org.efferent.core.SensorPosition;
import org.efferent.core.SensorPosition.Frame;
import org.efferent.data.mat.MatStruct;

/**
 * Channels as {@code chanlocs} has them. EEGLAB's +X points to the nose (unless {@code
 * chaninfo.nosedir} says another direction) and +Y to the left ear; no unit of length is written,
 * so the median distance from the centre tells it: up to 0.3 metres, up to 1.5 a sphere that stands
 * for a head of 85 mm, up to 30 centimetres, beyond that millimetres.
 */
final class EeglabChannels {
  private static final double HEAD_RADIUS = 0.085;

  private EeglabChannels() {}

  /**
   * The channels.
   *
   * @param count how many rows the data have
   */
  static List<ChannelInfo> read(EeglabSet set, int count, List<String> warnings) {
    Optional<MatStruct> locations = set.structs("chanlocs");
    if (locations.isPresent() && locations.get().size() != count) {
      warnings.add(
          "chanlocs describes %d channels, the data have %d; the rest is numbered or left out"
              .formatted(locations.get().size(), count));
    }
    int known = Math.min(count, locations.map(MatStruct::size).orElse(0));
    double[][] points = new double[known][];
    for (int c = 0; c < known; c++) {
      points[c] = point(locations.get(), c);
    }
    double scale = metres(points);
    String nose = set.structs("chaninfo").map(s -> EeglabSet.text(s, 0, "nosedir")).orElse("");
    List<ChannelInfo> channels = new ArrayList<>(count);
    for (int c = 0; c < count; c++) {
      String label = c < known ? EeglabSet.text(locations.get(), c, "labels") : "";
      String type = c < known ? EeglabSet.text(locations.get(), c, "type") : "";
      ChannelInfo channel = channel(label.isEmpty() ? Integer.toString(c + 1) : label, type);
      channels.add(
          c < known && points[c] != null ? channel.at(position(points[c], scale, nose)) : channel);
    }
    return channels;
  }

  private static ChannelInfo channel(String label, String type) {
    String kind = type.isEmpty() ? "EEG" : type.toUpperCase(Locale.ROOT);
    boolean volts =
        !kind.startsWith("MEG")
            && !List.of("TRIG", "STIM", "STATUS", "MISC", "ACC", "GYRO").contains(kind);
    return new ChannelInfo(label, kind, volts ? "uV" : "");
  }

  /** X, Y, Z; else those of sph_*; else those of theta and radius; null if there is none of it. */
  private static double[] point(MatStruct locations, int c) {
    double[] p = numbers(locations, c, "X", "Y", "Z");
    if (p != null) {
      return p;
    }
    double[] sphere = numbers(locations, c, "sph_theta", "sph_phi");
    double radius = locations.number(c, "sph_radius").orElse(1);
    if (sphere == null) {
      // A radius of 0.5 is the height of the ears; theta runs clockwise (EEGLAB, topo2sph).
      double[] flat = numbers(locations, c, "theta", "radius");
      sphere = flat == null ? null : new double[] {-flat[0], (0.5 - flat[1]) * 180};
      radius = 1;
    }
    if (sphere == null || !(radius > 0) || Double.isInfinite(radius)) {
      return null;
    }
    double theta = Math.toRadians(sphere[0]);
    double phi = Math.toRadians(sphere[1]);
    return new double[] {
      radius * Math.cos(phi) * Math.cos(theta),
      radius * Math.cos(phi) * Math.sin(theta),
      radius * Math.sin(phi)
    };
  }

  private static double[] numbers(MatStruct locations, int c, String... fields) {
    double[] numbers = new double[fields.length];
    for (int i = 0; i < fields.length; i++) {
      numbers[i] = locations.number(c, fields[i]).orElse(Double.NaN);
      // A finite float is at most 3.4e38: what is more is damage, and its square no number.
      if (!(Math.abs(numbers[i]) < 1e38)) {
        return null;
      }
    }
    return numbers;
  }

  private static double metres(double[][] points) {
    double[] distances =
        Arrays.stream(points)
            .filter(p -> p != null)
            .mapToDouble(p -> Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]))
            .filter(d -> d > 0)
            .sorted()
            .toArray();
    double median = distances.length == 0 ? 1 : distances[distances.length / 2];
    if (median <= 0.3) {
      return 1;
    }
    return median <= 1.5 ? HEAD_RADIUS : median <= 30 ? 1e-2 : 1e-3;
  }

  /** Turned so that x points to the right and y to the nose. */
  private static SensorPosition position(double[] p, double scale, String nose) {
    double x = p[0] * scale;
    double y = p[1] * scale;
    double z = p[2] * scale;
    return switch (nose.toUpperCase(Locale.ROOT)) {
      case "+Y" -> new SensorPosition(Frame.TEMPLATE, x, y, z);
      case "-X" -> new SensorPosition(Frame.TEMPLATE, y, -x, z);
      case "-Y" -> new SensorPosition(Frame.TEMPLATE, -x, -y, z);
      default -> new SensorPosition(Frame.TEMPLATE, -y, x, z);
    };
  }
}
