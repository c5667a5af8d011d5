package org.efferent.decoders.linear;

import java.nio.file.Path;
import java.util.Arrays;
import org.efferent.core.InputException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;

/** A safetensors file that holds a linear model; every shape is checked. */
final class ModelFile {
  private final String name;
  private final Safetensors file;

  private ModelFile(String name, Safetensors file) {
    this.name = name;
    this.file = file;
  }

  static ModelFile read(Path path, String format) {
    Safetensors file = Safetensors.read(path);
    String name = String.valueOf(path.getFileName());
    String found = file.metadata().get("format");
    if (!format.equals(found)) {
      throw new InputException(
          "%s: its format must be %s; format=%s".formatted(name, format, found));
    }
    return new ModelFile(name, file);
  }

  String word(String key) {
    return file.metadata(key);
  }

  InputException bad(String what) {
    return new InputException(name + ": " + what);
  }

  long[] shape(String tensor, int axes) {
    long[] shape = file.tensor(tensor).shape();
    if (shape.length != axes || Arrays.stream(shape).anyMatch(size -> size < 1)) {
      throw new InputException(
          "%s: tensor '%s' must have %d axes, none empty; shape=%s"
              .formatted(name, tensor, axes, Arrays.toString(shape)));
    }
    return shape;
  }

  /** Finite values of a tensor; a size of -1 fits any. */
  double[] values(String tensor, long... wanted) {
    Tensor found = file.tensor(tensor);
    long[] shape = found.shape();
    boolean fits = shape.length == wanted.length;
    for (int i = 0; fits && i < shape.length; i++) {
      fits = shape[i] > 0 && (wanted[i] < 0 || shape[i] == wanted[i]);
    }
    if (!fits) {
      throw new InputException(
          "%s: tensor '%s' must be %s, -1 for any size; shape=%s"
              .formatted(name, tensor, Arrays.toString(wanted), Arrays.toString(shape)));
    }
    double[] values = found.doubles();
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new InputException(
            "%s: tensor '%s' must be finite; value=%s".formatted(name, tensor, value));
      }
    }
    return values;
  }
}
