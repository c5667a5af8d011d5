package org.efferent.data.montage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The 10-05 system on the unit sphere: x right, y front, z up, the ears and the nasion at z = 0.
 *
 * <p>The midline from nasion to inion is divided into steps of 9° (5 %). Three rings around the
 * head carry the rows' ends: inclination 72° (…7, …8), 81° (…9h, …10h) and 90° (…9, …10), a row
 * every 9° of azimuth. Between its ends on the 72° ring and the midline a row follows the circle
 * through those three points and is divided into eighths.
 */
final class TenFive {
  private static final double STEP = Math.toRadians(9);
  private static final String[] INNER = {
    "AFp", "AF", "AFF", "F", "FFC", "FC", "FCC", "C", "CCP", "CP", "CPP", "P", "PPO", "PO", "POO"
  };
  private static final String[] OUTER = {
    "AFp", "AF", "AFF", "F", "FFT", "FT", "FTT", "T", "TTP", "TP", "TPP", "P", "PPO", "PO", "POO"
  };
  private static final String[] LEFT = {"7", "7h", "5", "5h", "3", "3h", "1", "1h"};
  private static final String[] RIGHT = {"8", "8h", "6", "6h", "4", "4h", "2", "2h"};

  /** The electrodes of the 10-20 system with its modern names. */
  static final List<String> TEN_TWENTY =
      List.of(
          "Fp1", "Fpz", "Fp2", "F7", "F3", "Fz", "F4", "F8", "T7", "C3", "Cz", "C4", "T8", "P7",
          "P3", "Pz", "P4", "P8", "O1", "Oz", "O2");

  private TenFive() {}

  /** All positions by label. */
  static Map<String, double[]> positions() {
    Map<String, double[]> all = new LinkedHashMap<>();
    all.put("Nz", at(10, 0));
    all.put("NAS", at(10, 0));
    all.put("LPA", at(10, -10));
    all.put("RPA", at(10, 10));
    all.put("Iz", at(10, 20));
    end(all, "N", "NFp", "Fp", 0);
    for (int row = 0; row < INNER.length; row++) {
      row(all, row);
    }
    end(all, "I", "OI", "O", 20);
    return all;
  }

  /** The tips of the rings at nasion or inion. */
  private static void end(
      Map<String, double[]> all, String outer, String middle, String inner, int azimuth) {
    String[] names = {inner, middle, outer};
    for (int ring = 0; ring < 3; ring++) {
      int inclination = 8 + ring;
      if (ring < 2) {
        all.put(names[ring] + "z", at(inclination, azimuth));
      }
      int out = azimuth == 0 ? 1 : -1;
      all.put(names[ring] + "1", at(inclination, azimuth - 2 * out));
      all.put(names[ring] + "1h", at(inclination, azimuth - out));
      all.put(names[ring] + "2", at(inclination, azimuth + 2 * out));
      all.put(names[ring] + "2h", at(inclination, azimuth + out));
    }
  }

  private static void row(Map<String, double[]> all, int row) {
    int azimuth = row + 3;
    // Behind the vertex the inclination is negative.
    double[] middle = at(7 - row, 0);
    all.put(INNER[row] + "z", middle);
    for (int side = -1; side <= 1; side += 2) {
      String[] names = side < 0 ? LEFT : RIGHT;
      double[] end = at(8, side * azimuth);
      double[] other = at(8, -side * azimuth);
      for (int i = 0; i < 8; i++) {
        String name = (i < 2 ? OUTER : INNER)[row] + names[i];
        all.put(name, between(end, middle, other, i / 8.0));
      }
      String outer = OUTER[row] + (side < 0 ? "9" : "10");
      all.put(outer, at(10, side * azimuth));
      all.put(outer + "h", at(9, side * azimuth));
    }
  }

  /** A point by inclination from the vertex and azimuth from the front, both in steps of 9°. */
  private static double[] at(int inclination, int azimuth) {
    double s = Math.sin(inclination * STEP);
    return new double[] {
      s * Math.sin(azimuth * STEP), s * Math.cos(azimuth * STEP), Math.cos(inclination * STEP)
    };
  }

  /** A point of the circle through three, a part of the arc from the first to the second. */
  private static double[] between(double[] from, double[] to, double[] third, double part) {
    double[] normal = unit(cross(minus(to, from), minus(third, from)));
    // The circle's centre is the foot of the sphere's centre on its plane.
    double height = dot(normal, from);
    double[] centre = {normal[0] * height, normal[1] * height, normal[2] * height};
    double[] u = minus(from, centre);
    double[] v = cross(normal, u);
    double[] target = minus(to, centre);
    double angle = Math.atan2(dot(target, v), dot(target, u)) * part;
    double[] point = new double[3];
    for (int i = 0; i < 3; i++) {
      point[i] = centre[i] + Math.cos(angle) * u[i] + Math.sin(angle) * v[i];
    }
    return point;
  }

  private static double[] minus(double[] a, double[] b) {
    return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  private static double[] unit(double[] a) {
    double length = Math.sqrt(dot(a, a));
    return new double[] {a[0] / length, a[1] / length, a[2] / length};
  }
}
