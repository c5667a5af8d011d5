package org.efferent.cohort.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;

/** Maps as JSON; numbers that JSON cannot hold become null. */
final class Json {
  private Json() {}

  static String write(Object object) {
    try {
      return new ObjectMapper().writeValueAsString(finite(object));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("this object is not made of plain values", e);
    }
  }

  private static Object finite(Object object) {
    if (object instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key, finite(value)));
      return copy;
    }
    if (object instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(value -> copy.add(finite(value)));
      return copy;
    }
    return object instanceof Double number && !Double.isFinite(number) ? null : object;
  }

  static Map<String, Object> read(String name, String json) {
    Map<String, Object> map = new LinkedHashMap<>();
    try {
      Map<?, ?> read = new ObjectMapper().readValue(json, LinkedHashMap.class);
      read.forEach((key, value) -> map.put(String.valueOf(key), value));
      return map;
    } catch (JsonProcessingException e) {
      throw new InputException(name + ": is not the JSON of a run: " + e.getOriginalMessage(), e);
    }
  }
}
