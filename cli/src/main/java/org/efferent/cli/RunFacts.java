package org.efferent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.efferent.core.InputException;

/**
 * What a {@code run.json} says ({@link RunRecord}), flat: a name with dots a value, {@code
 * training.epochs}, {@code test.top1}. Immutable.
 */
final class RunFacts {
  private static final int SHOWN = 12;

  private final JsonNode root;

  private RunFacts(JsonNode root) {
    this.root = root;
  }

  /** Of a record that is about to be written. */
  static RunFacts of(RunRecord record) {
    try {
      return new RunFacts(new ObjectMapper().readTree(record.json()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record is JSON", e);
    }
  }

  /**
   * Of a finished run.
   *
   * @param run its folder, or its {@code run.json}
   */
  static RunFacts read(Path run) {
    Path file = Files.isDirectory(run) ? run.resolve("run.json") : run;
    if (!Files.exists(file)) {
      throw new InputException(
          file + ": is missing; name the folder of a run, in which run.json stands");
    }
    try {
      JsonNode root = new ObjectMapper().readTree(Files.readString(file, StandardCharsets.UTF_8));
      if (root == null || !root.path("command").isTextual()) {
        throw new InputException(file + ": must be a run's record; it names no command");
      }
      return new RunFacts(root);
    } catch (IOException e) {
      throw new InputException(file + ": is not JSON; name the folder of a run", e);
    }
  }

  /** The words that were called, "encoder train". */
  String command() {
    return root.path("command").asText();
  }

  /** What was set, in the order of the record. */
  Map<String, JsonNode> configuration() {
    return flat(root.path("configuration"));
  }

  /** What came out, in the order of the record. */
  Map<String, JsonNode> figures() {
    return flat(root.path("figures"));
  }

  /** What it takes to repeat the run besides its configuration. */
  Map<String, String> provenance() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Command", "efferent " + command());
    for (String name : List.of("Seed", "Version", "Java", "Machine", "Time")) {
      facts.put(name, root.path(name.toLowerCase(Locale.ROOT)).asText());
    }
    root.path("data")
        .properties()
        .forEach(e -> facts.put("SHA-256 of " + e.getKey(), e.getValue().asText()));
    return facts;
  }

  private static Map<String, JsonNode> flat(JsonNode node) {
    Map<String, JsonNode> flat = new LinkedHashMap<>();
    node.properties().forEach(e -> add(e.getKey(), e.getValue(), flat));
    return flat;
  }

  private static void add(String name, JsonNode node, Map<String, JsonNode> flat) {
    boolean ofContainers =
        node.isArray()
            && StreamSupport.stream(node.spliterator(), false).anyMatch(JsonNode::isObject);
    if (node.isObject()) {
      node.properties().forEach(e -> add(name + "." + e.getKey(), e.getValue(), flat));
    } else if (ofContainers) {
      for (int i = 0; i < node.size(); i++) {
        add(name + "." + (i + 1), node.get(i), flat);
      }
    } else {
      flat.put(name, node);
    }
  }

  /** Rows of a table of names and values. */
  static List<List<String>> rows(Map<String, JsonNode> facts) {
    List<List<String>> rows = new ArrayList<>();
    facts.forEach((name, value) -> rows.add(List.of(name, say(value))));
    return rows;
  }

  /** A value for people: four digits, a dash for none, the first of many. */
  static String say(JsonNode value) {
    if (value == null || value.isNull() || value.isMissingNode()) {
      return "–";
    }
    if (value.isArray()) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < Math.min(SHOWN, value.size()); i++) {
        text.append(i == 0 ? "" : ", ").append(say(value.get(i)));
      }
      return text.append(value.size() > SHOWN ? ", … (" + value.size() + " values)" : "")
          .toString();
    }
    return value.isFloatingPointNumber() ? number(value.doubleValue()) : value.asText();
  }

  /** Four digits that count, without an exponent where it is not needed. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (size >= 1e-4 && size < 1e7) {
      int digits = (int) Math.floor(Math.log10(size));
      return String.format(Locale.ROOT, "%." + Math.max(0, 3 - digits) + "f", value);
    }
    return String.format(Locale.ROOT, "%.3e", value);
  }
}
