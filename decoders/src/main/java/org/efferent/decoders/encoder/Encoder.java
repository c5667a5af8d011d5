package org.efferent.decoders.encoder;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.decoders.nn.Pass;
import org.efferent.decoders.nn.WeightSpec;
import org.efferent.decoders.nn.Weights;

/**
 * From brain signals to embeddings: an architecture, fixed by its options, without weights of its
 * own.
 *
 * <p>The layers, their order and the names of their weights are those of the reference
 * implementations, so that weights trained elsewhere are loaded as they are.
 */
public interface Encoder {
  /** What it is called in files and on the command line. */
  String architecture();

  /** Its options under their names in files: numbers, words, booleans, lists, maps, null. */
  Map<String, Object> options();

  /** Its weights, in the order of the reference. */
  List<WeightSpec> weights();

  /** Channels of its input. */
  int channels();

  /** Samples of its input; 0 where any number will do. */
  int time();

  /** Subjects that it tells apart; 0 where it does not. */
  int subjects();

  /** Whether it needs the positions of sensors. */
  default boolean needsLayout() {
    return false;
  }

  /**
   * Runs it.
   *
   * @param weights of its own shape
   * @param batch signals {@code [batch × channels × time]}, and subjects and layouts where it needs
   *     them
   * @param pass evaluation or training
   * @return the embedding, {@code [batch × dimensions]} or {@code [batch × dimensions × time]}
   */
  NDArray encode(Weights weights, Batch batch, Pass pass);

  /**
   * Runs it where it has several heads.
   *
   * @param weights of its own shape
   * @param batch as above
   * @param pass as above
   * @return an embedding a head; one without a name where there is one head
   */
  default Map<String, NDArray> heads(Weights weights, Batch batch, Pass pass) {
    Map<String, NDArray> only = new LinkedHashMap<>();
    only.put("", encode(weights, batch, pass));
    return only;
  }

  /**
   * Checks a batch before it is run.
   *
   * @param batch signals, subjects, layouts
   */
  default void check(Batch batch) {
    long[] shape = batch.signals().getShape().getShape();
    if (shape.length != 3 || shape[1] != channels() || (time() > 0 && shape[2] != time())) {
      throw new IllegalArgumentException(
          "signals must be [batch × %d × %s]; shape=%s"
              .formatted(
                  channels(), time() > 0 ? time() : "time", java.util.Arrays.toString(shape)));
    }
    if (needsLayout() && batch.layouts().isEmpty()) {
      throw new IllegalArgumentException(
          architecture() + " attends to positions of sensors; the batch has none");
    }
    for (long subject : batch.subjects()) {
      if (subject < 0 || (subjects() > 0 && subject >= subjects())) {
        throw new IllegalArgumentException(
            "%s knows subjects 0 to %d; subject=%d"
                .formatted(architecture(), subjects() - 1, subject));
      }
    }
    if (subjects() > 0 && batch.subjects().length == 0) {
      throw new IllegalArgumentException(
          architecture() + " has a layer a subject; the batch does not say whose its examples are");
    }
  }
}
