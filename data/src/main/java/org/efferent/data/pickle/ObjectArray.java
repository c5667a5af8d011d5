package org.efferent.data.pickle;

import java.util.Collections;
import java.util.List;

/**
 * A NumPy array of objects.
 *
 * @param shape sizes, slowest first; empty for a single object
 * @param items the objects, row-major; null is {@code None}
 */
public record ObjectArray(List<Long> shape, List<Object> items) {
  /** Copies the shape; the items are handed over. */
  public ObjectArray {
    shape = List.copyOf(shape);
    items = Collections.unmodifiableList(items);
  }
}
