package org.efferent.filters;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.InputException;

/**
 * All that a {@link CursorDecoder} is, in a form that any container of named tensors and text can
 * hold: 64-bit tensors by name in a fixed order, and metadata.
 */
public final class DecoderState {
  private final Map<String, Tensor> tensors;
  private final Map<String, String> metadata;

  /**
   * A state of given parts; the maps are copied, their order kept.
   *
   * @param tensors by name
   * @param metadata by name
   */
  public DecoderState(Map<String, Tensor> tensors, Map<String, String> metadata) {
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** The tensors by name, in a fixed order; unmodifiable. */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /** The metadata by name, in a fixed order; unmodifiable. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Values with a shape, row-major. */
  public static final class Tensor {
    private final double[] values;
    private final int[] shape;

    /**
     * A tensor; the arrays are kept, not copied.
     *
     * @param values row-major
     * @param shape sizes whose product is the number of values
     * @throws InputException where it is not
     */
    public Tensor(double[] values, int... shape) {
      long product = 1;
      for (int size : shape) {
        product *= size;
      }
      if (product != values.length) {
        throw new InputException(
            "a tensor has as many values as its shape says; shape="
                + java.util.Arrays.toString(shape)
                + ", values="
                + values.length);
      }
      this.values = values;
      this.shape = shape.clone();
    }

    /** The values themselves, row-major: read only. */
    public double[] values() {
      return values;
    }

    /** A copy of the shape. */
    public int[] shape() {
      return shape.clone();
    }
  }
}
