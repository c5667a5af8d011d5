package org.efferent.decoders.simulated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.efferent.core.SensorPosition;
import org.efferent.data.montage.Montage;
import org.efferent.decoders.encoder.SensorLayout;

/**
 * Sensors around a spherical head and what they see of dipoles in it: electrodes the potential in
 * an unbounded homogeneous conductor, p·d/|d|³ with d from the dipole to the electrode, against
 * their mean; magnetometers the radial field outside a sphere, (r₀ × p)·r/(|r||d|³), to which the
 * currents of the volume add nothing (Sarvas 1987, Phys. Med. Biol. 32). Constants are left out:
 * patterns are scaled to a mean square of 1.
 */
final class Sensors {
  private static final double HELMET = 0.11;
  private static final double DEEPEST = 0.04;
  private static final double OUTERMOST = 0.075;

  private final boolean electric;
  private final List<String> labels;
  private final double[][] positions;

  private Sensors(boolean electric, List<String> labels, double[][] positions) {
    this.electric = electric;
    this.labels = labels;
    this.positions = positions;
  }

  static Sensors of(SensorOptions options) {
    return options.kind() == SensorOptions.Kind.EEG
        ? electrodes(options.channels())
        : helmet(options.channels());
  }

  /** Of all positions the one that is farthest from those taken, again and again, from Cz on. */
  private static Sensors electrodes(int channels) {
    Montage montage = Montage.named(channels <= 63 ? "standard_1010" : "standard_1005");
    List<String> names = new ArrayList<>(montage.positions().keySet());
    List<double[]> at = new ArrayList<>();
    for (SensorPosition p : montage.positions().values()) {
      at.add(new double[] {p.x(), p.y(), p.z()});
    }
    double[] distance = new double[at.size()];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    List<Integer> taken = new ArrayList<>();
    int next = names.indexOf("Cz");
    while (taken.size() < channels) {
      taken.add(next);
      int farthest = 0;
      for (int i = 0; i < distance.length; i++) {
        distance[i] = Math.min(distance[i], distance(at.get(i), at.get(next)));
        farthest = distance[i] > distance[farthest] ? i : farthest;
      }
      next = farthest;
    }
    Collections.sort(taken);
    return new Sensors(
        true,
        taken.stream().map(names::get).toList(),
        taken.stream().map(at::get).toArray(double[][]::new));
  }

  /** A spiral of equal steps in height and of the golden angle, from the top down. */
  private static Sensors helmet(int channels) {
    List<String> names = new ArrayList<>();
    double[][] at = new double[channels][];
    double golden = Math.PI * (3 - Math.sqrt(5));
    for (int c = 0; c < channels; c++) {
      double z = 1 - 1.2 * (c + 0.5) / channels;
      double flat = Math.sqrt(1 - z * z);
      at[c] =
          new double[] {
            HELMET * flat * Math.cos(golden * c), HELMET * flat * Math.sin(golden * c), HELMET * z
          };
      names.add("MEG%03d".formatted(c + 1));
    }
    return new Sensors(false, names, at);
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        (a[0] - b[0]) * (a[0] - b[0])
            + (a[1] - b[1]) * (a[1] - b[1])
            + (a[2] - b[2]) * (a[2] - b[2]));
  }

  int channels() {
    return labels.size();
  }

  List<String> labels() {
    return labels;
  }

  List<String> kinds() {
    return Collections.nCopies(channels(), electric ? "EEG" : "MEGMAG");
  }

  /** In the plane: the distance from the middle is the angle from the vertical. */
  SensorLayout layout() {
    double[] plane = new double[2 * channels()];
    for (int c = 0; c < channels(); c++) {
      double[] p = positions[c];
      double flat = Math.hypot(p[0], p[1]);
      double angle = Math.atan2(flat, p[2]);
      plane[2 * c] = flat == 0 ? 0 : angle * p[0] / flat;
      plane[2 * c + 1] = flat == 0 ? 0 : angle * p[1] / flat;
    }
    return SensorLayout.scaled(channels(), 2, plane);
  }

  /**
   * The pattern of a dipole of random place and direction.
   *
   * @param random from where
   * @param region whether a direction from the middle of the head, of length 1, will do
   * @return {@code [channels]}, mean square 1
   */
  double[] pattern(SplittableRandom random, Predicate<double[]> region) {
    double[] direction = direction(random);
    while (direction[2] < -0.3 || !region.test(direction)) {
      direction = direction(random);
    }
    double depth = DEEPEST + (OUTERMOST - DEEPEST) * random.nextDouble();
    double[] place = {depth * direction[0], depth * direction[1], depth * direction[2]};
    double[] moment = direction(random);
    double[] seen = new double[channels()];
    for (int c = 0; c < seen.length; c++) {
      seen[c] = electric ? potential(place, moment, positions[c]) : radial(place, moment, c);
    }
    if (electric) {
      double mean = Arrays.stream(seen).average().orElse(0);
      Arrays.setAll(seen, c -> seen[c] - mean);
    }
    double power = Arrays.stream(seen).map(v -> v * v).average().orElse(1);
    Arrays.setAll(seen, c -> seen[c] / Math.sqrt(power));
    return seen;
  }

  private static double potential(double[] place, double[] moment, double[] sensor) {
    double d = distance(place, sensor);
    double along = 0;
    for (int a = 0; a < 3; a++) {
      along += moment[a] * (sensor[a] - place[a]);
    }
    return along / (d * d * d);
  }

  private double radial(double[] r, double[] p, int channel) {
    double[] at = positions[channel];
    double d = distance(r, at);
    double turned =
        (r[1] * p[2] - r[2] * p[1]) * at[0]
            + (r[2] * p[0] - r[0] * p[2]) * at[1]
            + (r[0] * p[1] - r[1] * p[0]) * at[2];
    return turned / (HELMET * d * d * d);
  }

  private static double[] direction(SplittableRandom random) {
    double[] v = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
    double length = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    return new double[] {v[0] / length, v[1] / length, v[2] / length};
  }
}
