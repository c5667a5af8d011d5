package org.efferent.filters;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.efferent.core.InputException;

/** Takes a {@link DecoderState} apart; every complaint names the tensor or the entry. */
final class StateReader {
  private final DecoderState state;

  StateReader(DecoderState state) {
    this.state = state;
  }

  String text(String name) {
    String value = state.metadata().get(name);
    if (value == null) {
      throw new InputException(
          "a saved decoder must have the metadata entry '"
              + name
              + "'; entries="
              + state.metadata().keySet());
    }
    return value;
  }

  int whole(String name, int least, int most) {
    String value = text(name);
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wholeError(name, least, most, value, e);
    }
    throw wholeError(name, least, most, value, null);
  }

  private static InputException wholeError(
      String name, int least, int most, String value, Exception cause) {
    return new InputException(
        "a saved decoder's '"
            + name
            + "' must be a whole number from "
            + least
            + " to "
            + most
            + "; "
            + name
            + "="
            + value,
        cause);
  }

  /** An enumeration's constant by its lower-case name. */
  <E extends Enum<E>> E constant(String name, E[] values) {
    String value = text(name);
    for (E constant : values) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
        return constant;
      }
    }
    throw new InputException(
        "a saved decoder's '"
            + name
            + "' must be one of "
            + Arrays.toString(values).toLowerCase(Locale.ROOT)
            + "; "
            + name
            + "="
            + value);
  }

  boolean has(String name) {
    return state.tensors().containsKey(name);
  }

  /** A tensor of a shape; -1 stands for any size. */
  double[] values(String name, int... shape) {
    DecoderState.Tensor tensor = state.tensors().get(name);
    if (tensor == null) {
      throw new InputException(
          "a saved decoder must have the tensor '"
              + name
              + "'; tensors="
              + state.tensors().keySet());
    }
    int[] actual = tensor.shape();
    boolean same = actual.length == shape.length;
    for (int i = 0; same && i < shape.length; i++) {
      same = shape[i] == -1 ? actual[i] > 0 : shape[i] == actual[i];
    }
    if (!same) {
      throw new InputException(
          "a saved decoder's tensor '"
              + name
              + "' must have the shape "
              + Arrays.toString(shape).replace("-1", "n")
              + "; shape="
              + Arrays.toString(actual));
    }
    if (!SmallMatrix.isFinite(tensor.values())) {
      throw new InputException("a saved decoder's tensor must be finite; tensor='" + name + "'");
    }
    return tensor.values();
  }

  double scalar(String name) {
    return values(name, 1)[0];
  }

  /** A table of any number of rows. */
  double[][] table(String name, int columns) {
    return Tables.rows(values(name, -1, columns), columns);
  }

  Map<String, Double> numbers(String prefix) {
    Map<String, Double> out = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : state.metadata().entrySet()) {
      if (entry.getKey().startsWith(prefix)) {
        try {
          out.put(entry.getKey().substring(prefix.length()), Double.valueOf(entry.getValue()));
        } catch (NumberFormatException e) {
          throw new InputException(
              "a saved decoder's hyper-parameters must be numbers; "
                  + entry.getKey()
                  + "="
                  + entry.getValue(),
              e);
        }
      }
    }
    return out;
  }
}
