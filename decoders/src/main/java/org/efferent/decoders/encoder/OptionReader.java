package org.efferent.decoders.encoder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.efferent.core.InputException;

/**
 * Reads options out of a map that a file gave, names what is wrong by its whole path, and refuses
 * what nothing reads.
 */
public final class OptionReader {
  private final String where;
  private final Map<String, Object> values;
  private final Set<String> read = new TreeSet<>();

  /**
   * Reads a map.
   *
   * @param where the file, and the path in it where this is not its root
   * @param values words to numbers, words, booleans, lists, maps or null
   */
  public OptionReader(String where, Map<String, Object> values) {
    this.where = where;
    this.values = new LinkedHashMap<>(values);
  }

  /** Where an option is, for messages. */
  public String path(String name) {
    return where + "." + name;
  }

  /** Whether an option is there and not null. */
  public boolean has(String name) {
    return values.get(name) != null;
  }

  /** An error about an option. */
  public InputException wrong(String name, String rule) {
    return new InputException(
        "%s must be %s; %s=%s".formatted(path(name), rule, name, values.get(name)));
  }

  private Object value(String name) {
    read.add(name);
    return values.get(name);
  }

  private Object needed(String name, String rule) {
    Object value = value(name);
    if (value == null) {
      throw new InputException("%s is missing; it must be %s".formatted(path(name), rule));
    }
    return value;
  }

  /** A whole number that must be there. */
  public int whole(String name) {
    needed(name, "a whole number");
    return whole(name, 0);
  }

  /** A whole number, or another where there is none. */
  public int whole(String name, int otherwise) {
    Object value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number && number.doubleValue() == number.intValue()) {
      return number.intValue();
    }
    throw wrong(name, "a whole number");
  }

  /** A number, or another where there is none. */
  public double number(String name, double otherwise) {
    Object value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw wrong(name, "a number");
  }

  /** A boolean, or another where there is none. */
  public boolean yes(String name, boolean otherwise) {
    Object value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Boolean yes) {
      return yes;
    }
    throw wrong(name, "true or false");
  }

  /** A word, or another where there is none. */
  public String word(String name, String otherwise) {
    Object value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof String word) {
      return word;
    }
    throw wrong(name, "a word");
  }

  /** A word that must be there. */
  public String word(String name) {
    needed(name, "a word");
    return word(name, "");
  }

  /** Whole numbers; empty where there are none. */
  public List<Integer> wholes(String name) {
    Object value = value(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list
        && list.stream().allMatch(v -> v instanceof Number n && n.doubleValue() == n.intValue())) {
      return list.stream().map(v -> ((Number) v).intValue()).toList();
    }
    throw wrong(name, "a list of whole numbers");
  }

  /** Numbers; empty where there are none. */
  public List<Double> numbers(String name) {
    Object value = value(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list
        && list.stream().allMatch(v -> v instanceof Number n && Double.isFinite(n.doubleValue()))) {
      return list.stream().map(v -> ((Number) v).doubleValue()).toList();
    }
    throw wrong(name, "a list of numbers");
  }

  /** Words; empty where there are none. */
  public List<String> words(String name) {
    Object value = value(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof String one) {
      return List.of(one);
    }
    if (value instanceof List<?> list && list.stream().allMatch(v -> v instanceof String)) {
      return list.stream().map(v -> (String) v).toList();
    }
    throw wrong(name, "a list of words");
  }

  /** A map; empty where there is none. */
  public OptionReader map(String name) {
    Object value = value(name);
    if (value == null) {
      return new OptionReader(path(name), Map.of());
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(String.valueOf(k), v));
      return new OptionReader(path(name), copy);
    }
    throw wrong(name, "a map");
  }

  /** Whether a value is a map. */
  public boolean isMap(String name) {
    return values.get(name) instanceof Map;
  }

  /** The names that are there. */
  public List<String> names() {
    return List.copyOf(values.keySet());
  }

  /** All that is there, as it came. */
  public Map<String, Object> values() {
    return java.util.Collections.unmodifiableMap(values);
  }

  /** Checks an option that follows from others; it may be missing. */
  public void mustBe(String name, Object expected) {
    Object value = value(name);
    boolean same =
        value == null
            || value.equals(expected)
            || (value instanceof Number a
                && expected instanceof Number b
                && a.doubleValue() == b.doubleValue());
    if (!same) {
      throw wrong(name, String.valueOf(expected));
    }
  }

  /** Marks an option as read: it describes and decides nothing. */
  public void ignore(String... names) {
    read.addAll(List.of(names));
  }

  /** Refuses options that nothing has read. */
  public void end() {
    for (String name : values.keySet()) {
      if (!read.contains(name)) {
        throw new InputException("%s is unknown; known here: %s".formatted(path(name), read));
      }
    }
  }
}
