package org.efferent.filters;

import java.util.LinkedHashMap;
import java.util.Map;

/** Gathers the tensors and the metadata of a {@link DecoderState}. */
final class StateWriter {
  private final Map<String, DecoderState.Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  void text(String name, Object value) {
    metadata.put(name, String.valueOf(value));
  }

  void put(String name, double[] values, int... shape) {
    tensors.put(name, new DecoderState.Tensor(values, shape));
  }

  void vector(String name, double[] values) {
    put(name, values, values.length);
  }

  void scalar(String name, double value) {
    put(name, new double[] {value}, 1);
  }

  void table(String name, double[][] table) {
    put(name, Tables.flat(table), table.length, table[0].length);
  }

  DecoderState state() {
    return new DecoderState(tensors, metadata);
  }
}
