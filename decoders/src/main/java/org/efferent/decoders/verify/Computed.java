package org.efferent.decoders.verify;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.decoders.nn.Compute;
import org.efferent.decoders.nn.Layers;

/** What was computed, by the names of a case. */
final class Computed {
  private final GoldenCase of;
  private final Map<String, double[]> values = new LinkedHashMap<>();

  Computed(GoldenCase of) {
    this.of = of;
  }

  Map<String, double[]> values() {
    return values;
  }

  /** Keeps an array if the case expects it under this name, or its first example. */
  void put(String name, NDArray array) {
    if (of.has(name)) {
      values.put(name, Compute.doubles(array));
    }
    String first = name + ".first_example";
    if (of.has(first)) {
      values.put(first, Compute.doubles(array.get("0:1")));
    }
    if (name.endsWith("scores") && of.has(name.replace("scores", "probabilities"))) {
      values.put(name.replace("scores", "probabilities"), Compute.doubles(Layers.softmax(array)));
    }
  }

  void put(String name, double[] array) {
    values.put(name, array);
  }
}
