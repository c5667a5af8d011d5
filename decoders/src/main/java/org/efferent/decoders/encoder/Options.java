package org.efferent.decoders.encoder;

import java.util.LinkedHashMap;
import java.util.Map;

/** Options under their names. */
final class Options {
  private Options() {}

  /**
   * A map in the order of the arguments; values may be null.
   *
   * @param pairs name, value, name, value, …
   * @return the map
   */
  static Map<String, Object> map(Object... pairs) {
    Map<String, Object> out = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      out.put((String) pairs[i], pairs[i + 1]);
    }
    return out;
  }
}
