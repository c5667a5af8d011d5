package org.efferent.cohort.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;

/**
 * How a recording or a participant went.
 *
 * @param error why it failed; empty if it did not
 * @param seconds how long it took
 * @param worker where
 * @param recordings of a participant that could be read; 1 of a recording
 * @param failed of a participant that could not
 */
record Outcome(String error, double seconds, String worker, int recordings, int failed)
    implements Serializable {
  private static final long serialVersionUID = 1;

  boolean isGood() {
    return error.isEmpty();
  }

  String json() {
    return new ObjectMapper()
        .createObjectNode()
        .put("error", error)
        .put("seconds", seconds)
        .put("worker", worker)
        .put("recordings", recordings)
        .put("failed", failed)
        .toString();
  }

  static Outcome of(String json) {
    try {
      JsonNode node = new ObjectMapper().readTree(json);
      return new Outcome(
          node.path("error").asText(),
          node.path("seconds").asDouble(),
          node.path("worker").asText(),
          node.path("recordings").asInt(),
          node.path("failed").asInt());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an outcome is damaged: " + json, e);
    }
  }
}
