package org.efferent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command understands, and the two ways of saying a result. */
final class OutputOptions {
  /** C0 and C1 controls, and the marks that turn the direction of what follows. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F\\u202A-\\u202E\\u2066-\\u2069]");

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  boolean json;

  @Option(names = "--verbose", description = "Show the cause below an error.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Text for people: printed only where no JSON was asked for. */
  void text(String format, Object... values) {
    if (!json) {
      out().printf(java.util.Locale.ROOT, format + "%n", printable(values));
    }
  }

  /** A remark on the way, for people: goes to standard error. */
  void note(String format, Object... values) {
    err().printf(java.util.Locale.ROOT, "efferent: " + format + "%n", printable(values));
    err().flush();
  }

  private static Object[] printable(Object[] values) {
    return Arrays.stream(values)
        .map(value -> value instanceof String text ? printable(text) : value)
        .toArray();
  }

  /**
   * A text without what a terminal would obey: names come from files and from the network. Line
   * ends and tabs stay.
   *
   * @param text any text
   * @return the text with a question mark for every such character
   */
  static String printable(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }

  /** The one object of {@code --json}. */
  void result(Map<String, ?> object) {
    if (json) {
      out().println(toJson(object));
      out().flush();
    }
  }

  /**
   * Writes JSON; numbers that JSON cannot hold (NaN, infinite) become null.
   *
   * @param object maps, lists, strings, numbers, booleans
   * @return one line
   */
  static String toJson(Object object) {
    try {
      return new ObjectMapper().writeValueAsString(finite(object));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("this object is not made of plain values", e);
    }
  }

  private static Object finite(Object object) {
    if (object instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new java.util.LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(k, finite(v)));
      return copy;
    }
    if (object instanceof Iterable<?> list) {
      java.util.List<Object> copy = new java.util.ArrayList<>();
      list.forEach(v -> copy.add(finite(v)));
      return copy;
    }
    if (object instanceof double[] values) {
      return finite(java.util.Arrays.stream(values).boxed().toList());
    }
    if (object instanceof Double d && !Double.isFinite(d)) {
      return null;
    }
    return object;
  }
}
