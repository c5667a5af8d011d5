package org.efferent.cohort.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;

/**
 * A recording of the list.
 *
 * @param index from 0, in order of the list
 * @param participant whose it is
 * @param root folder that the list was made of, as a URI; sidecars are looked for up to it
 * @param path of the recording, as a URI
 */
record Listed(int index, String participant, String root, String path) implements Serializable {
  private static final long serialVersionUID = 1;

  /** The path below the root, or all of it where it lies elsewhere. */
  String shown() {
    String above = root.endsWith("/") ? root : root + "/";
    return path.startsWith(above) ? path.substring(above.length()) : path;
  }

  String json() {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("index", index).put("participant", participant).put("root", root).put("path", path);
    return node.toString();
  }

  static Listed of(String json) {
    try {
      JsonNode node = new ObjectMapper().readTree(json);
      return new Listed(
          node.path("index").asInt(),
          node.path("participant").asText(),
          node.path("root").asText(),
          node.path("path").asText());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the list of recordings is damaged: " + json, e);
    }
  }
}
