package org.efferent.cohort.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.LinkedHashMap;

/**
 * How a recording or a participant went.
 *
 * @param error why it failed; empty if it did not
 * @param seconds how long it took
 * @param worker where
 * @param recordings of a participant that could be read; 1 of a recording
 * @param failed of a participant that could not
 * @param facts of what was kept, so that tables need not read all of it
 */
record Outcome(
    String error,
    double seconds,
    String worker,
    int recordings,
    int failed,
    LinkedHashMap<String, Double> facts)
    implements Serializable {
  private static final long serialVersionUID = 1;

  boolean isGood() {
    return error.isEmpty();
  }

  String json() {
    ObjectNode node =
        new ObjectMapper()
            .createObjectNode()
            .put("error", error)
            .put("seconds", seconds)
            .put("worker", worker)
            .put("recordings", recordings)
            .put("failed", failed);
    // As texts, which hold every number to the last bit, and those that are none.
    ObjectNode all = node.putObject("facts");
    facts.forEach((name, value) -> all.put(name, Double.toString(value)));
    return node.toString();
  }

  static Outcome of(String json) {
    try {
      JsonNode node = new ObjectMapper().readTree(json);
      LinkedHashMap<String, Double> facts = new LinkedHashMap<>();
      node.path("facts")
          .properties()
          .forEach(fact -> facts.put(fact.getKey(), Double.valueOf(fact.getValue().asText())));
      return new Outcome(
          node.path("error").asText(),
          node.path("seconds").asDouble(),
          node.path("worker").asText(),
          node.path("recordings").asInt(),
          node.path("failed").asInt(),
          facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an outcome is damaged: " + json, e);
    }
  }
}
