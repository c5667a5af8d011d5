package org.efferent.decoders.loss;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/** How far embeddings of brain signals are from those of what was heard or seen. */
public interface Loss {
  /** Its name in files. */
  String kind();

  /** Its options under their names in files. */
  Map<String, Object> options();

  /** Its own weights, such as a scale that is learned; none by default. */
  default List<WeightSpec> weights() {
    return List.of();
  }

  /**
   * The loss of a batch; embeddings of more than two axes are flattened.
   *
   * @param estimates of the brain {@code [n × …]}
   * @param candidates what row i should be near to, row i first; {@code [n or more × …]}
   * @param weights where its own weights are; null where it has none
   * @param parts told of scores and parts by name
   * @return a scalar
   */
  NDArray of(
      NDArray estimates, NDArray candidates, Weights weights, BiConsumer<String, NDArray> parts);

  /**
   * Keeps its own weights in their range, after an update.
   *
   * @param weights where they are
   */
  default void constrain(Weights weights) {
    // Most have none.
  }

  /**
   * The loss of a batch.
   *
   * @param estimates of the brain {@code [n × …]}
   * @param candidates {@code [n or more × …]}
   * @param weights where its own weights are; null where it has none
   * @return a scalar
   */
  default NDArray of(NDArray estimates, NDArray candidates, Weights weights) {
    return of(estimates, candidates, weights, (name, part) -> {});
  }
}
