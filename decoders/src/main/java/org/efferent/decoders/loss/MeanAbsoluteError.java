package org.efferent.decoders.loss;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.efferent.decoders.nn.Weights;

/** Mean over all elements of the size of the difference (L1). */
public record MeanAbsoluteError() implements Loss {
  /** Its name in files. */
  public static final String KIND = "mean absolute error";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> options() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("kind", KIND);
    return out;
  }

  @Override
  public NDArray of(
      NDArray estimates, NDArray candidates, Weights weights, BiConsumer<String, NDArray> parts) {
    return Flat.rows(estimates).sub(Flat.rows(candidates)).abs().mean();
  }
}
