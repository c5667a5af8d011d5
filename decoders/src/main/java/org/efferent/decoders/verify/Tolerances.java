package org.efferent.decoders.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.efferent.data.Tensor;
import org.efferent.decoders.nn.Precision;
import org.efferent.decoders.verify.VerificationReport.Difference;

/** Compares what was computed with what a case expects, by the case's own tolerances. */
final class Tolerances {
  private static final double LEAST = 1e-5;
  private static final double FLOOR = 1e-9;

  private final GoldenCase of;
  private final Precision precision;

  Tolerances(GoldenCase of, Precision precision) {
    this.of = of;
    this.precision = precision;
  }

  /** Names of the tensors that a case expects: all but inputs and what belongs to tolerances. */
  List<String> expected() {
    List<String> names = new ArrayList<>();
    for (String name : of.io().keySet()) {
      boolean given =
          name.startsWith("input.")
              || name.contains(".input.")
              || name.equals("spatial_dropout.center")
              || name.equals("loss.f32")
              || name.equals("loss.atol");
      if (!given) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * Compares everything.
   *
   * @param computed by name, row-major
   * @param skipped rows of tensors that the reference leaves open
   * @return a difference an expected tensor
   */
  Map<String, Difference> compare(
      Map<String, double[]> computed, Map<String, Set<Integer>> skipped) {
    Map<String, Difference> out = new LinkedHashMap<>();
    for (String name : expected()) {
      out.put(name, one(name, computed.get(name), skipped.getOrDefault(name, Set.of())));
    }
    return out;
  }

  private Difference one(String name, double[] values, Set<Integer> skipped) {
    Tensor tensor = of.io(name);
    double[] expected = tensor.doubles();
    if (values == null || values.length != expected.length) {
      return new Difference(Double.NaN, Double.NaN, bound(name, 0, expected), false);
    }
    int rows = tensor.shape().length == 0 ? 1 : Math.toIntExact(tensor.shape()[0]);
    int width = rows == 0 ? 0 : expected.length / rows;
    double largest = 0;
    double tolerance = bound(name, 0, expected);
    double closest = Double.NEGATIVE_INFINITY;
    boolean ok = true;
    for (int row = 0; row < rows; row++) {
      if (skipped.contains(row)) {
        continue;
      }
      double bound = bound(name, row, expected);
      for (int i = row * width; i < (row + 1) * width; i++) {
        double difference = Math.abs(values[i] - expected[i]);
        ok &= difference <= bound;
        largest = Double.isNaN(difference) ? Double.NaN : Math.max(largest, difference);
        if (difference - bound > closest) {
          closest = difference - bound;
          tolerance = bound;
        }
      }
    }
    double peak = peak(expected);
    return new Difference(largest, peak > 0 ? largest / peak : largest, tolerance, ok);
  }

  private double bound(String name, int row, double[] expected) {
    if (name.equals("loss.f64")) {
      return of.io("loss.atol").doubles()[row];
    }
    JsonNode tensor = of.json().path("tolerance").path("tensors").path(name);
    if (tensor.isMissingNode()) {
      return Math.max(LEAST * peak(expected), FLOOR);
    }
    if (precision == Precision.DOUBLE && tensor.has("atol_if_computed_in_double")) {
      return tensor.get("atol_if_computed_in_double").asDouble();
    }
    JsonNode byRow = tensor.path("atol_rows");
    return byRow.isArray() ? byRow.path(row).asDouble() : tensor.path("atol").asDouble();
  }

  private static double peak(double[] values) {
    double peak = 0;
    for (double v : values) {
      peak = Math.max(peak, Math.abs(v));
    }
    return peak;
  }
}
