package org.efferent.generation.remote;

import java.util.List;
import java.util.Optional;

/**
 * What a server says of a model.
 *
 * @param name the model
 * @param platform what runs it, such as {@code onnxruntime_onnx}; empty if not said
 * @param inputs what it takes; empty if the server does not say, and then nothing is checked
 * @param outputs what it gives; empty if the server does not say, and then nothing is checked
 */
public record ModelSignature(
    String name, String platform, List<TensorSpec> inputs, List<TensorSpec> outputs) {
  /** Copies the lists. */
  public ModelSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  static Optional<TensorSpec> find(List<TensorSpec> specs, String name) {
    return specs.stream().filter(spec -> spec.name().equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return "inputs " + inputs + ", outputs " + outputs;
  }
}
