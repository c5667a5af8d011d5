package org.efferent.generation.remote;

import java.util.List;
import java.util.Objects;

/**
 * What a model says of an input or an output.
 *
 * @param name its name
 * @param type its type
 * @param shape its sizes, the slowest first; −1 for any
 */
public record TensorSpec(String name, DataType type, List<Long> shape) {
  /** Copies the shape. */
  public TensorSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    shape = List.copyOf(shape);
  }

  /** Whether a tensor has this type and shape, whatever its name. */
  boolean fits(Tensor tensor) {
    if (tensor.type() != type || tensor.shape().size() != shape.size()) {
      return false;
    }
    for (int i = 0; i < shape.size(); i++) {
      if (shape.get(i) >= 0 && !shape.get(i).equals(tensor.shape().get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return name + " " + type + " " + shape;
  }
}
