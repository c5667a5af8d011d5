package org.efferent.data.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.InputException;

/** A part of a card, with its place in it. */
record CardNode(String name, String place, JsonNode json) {

  InputException wrong(String key, String rule, String value) {
    return new InputException(
        "%s: %s must be %s; %s=%s"
            .formatted(name, place + key, rule, place + key, Shown.of(value)));
  }

  void only(String... keys) {
    if (!json.isObject()) {
      throw new InputException(
          "%s: %s must be a JSON object; docs/DATASETS.md has an example"
              .formatted(name, place.isEmpty() ? "a card" : place));
    }
    List<String> known = List.of(keys);
    json.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw new InputException(
                    "%s: %s is no field of a card; known here: %s"
                        .formatted(name, place + Shown.of(key), String.join(", ", known)));
              }
            });
  }

  boolean has(String key) {
    return json.hasNonNull(key);
  }

  String optionalText(String key) {
    return has(key) ? text(key) : "";
  }

  String text(String key) {
    JsonNode value = json.path(key);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw wrong(key, "a text that is not empty", shown(value));
    }
    return value.textValue();
  }

  boolean bool(String key) {
    JsonNode value = json.path(key);
    if (!value.isBoolean()) {
      throw wrong(key, "true or false", shown(value));
    }
    return value.booleanValue();
  }

  long bytes(String key) {
    JsonNode value = json.path(key);
    if (value.isNull()) {
      return RemoteFile.UNKNOWN;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw wrong(key, "a number of bytes, or null if it is unknown", shown(value));
    }
    return value.longValue();
  }

  URI address(String key) {
    return Addresses.parse(text(key), name + ": " + place + key);
  }

  CardNode object(String key) {
    JsonNode value = json.path(key);
    if (!value.isObject()) {
      throw wrong(key, "a JSON object", shown(value));
    }
    return new CardNode(name, place + key + ".", value);
  }

  List<CardNode> objects(String key) {
    JsonNode value = json.path(key);
    if (!value.isArray()) {
      throw wrong(key, "a list", shown(value));
    }
    List<CardNode> nodes = new ArrayList<>();
    for (JsonNode one : value) {
      nodes.add(new CardNode(name, place + key + "[" + nodes.size() + "].", one));
    }
    return nodes;
  }

  List<String> texts(String key) {
    JsonNode value = json.path(key);
    List<String> texts = new ArrayList<>();
    for (JsonNode one : value) {
      if (!one.isTextual() || one.textValue().isBlank()) {
        throw wrong(key, "a list of texts", shown(value));
      }
      texts.add(one.textValue());
    }
    if (!value.isArray()) {
      throw wrong(key, "a list of texts", shown(value));
    }
    return texts;
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "nothing" : value.toString();
  }
}
