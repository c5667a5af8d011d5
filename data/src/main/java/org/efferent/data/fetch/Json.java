package org.efferent.data.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import org.efferent.core.InputException;

/** JSON in and out; the parser's own limits keep deep or endless values away. */
final class Json {
  private Json() {}

  /**
   * Reads one value.
   *
   * @param text JSON
   * @param name what the error begins with
   * @return the value
   * @throws InputException if it is not one JSON value
   */
  static JsonNode parse(String text, String name) {
    try {
      return new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(text);
    } catch (JsonProcessingException e) {
      throw new InputException(
          "%s: is not JSON: line %d: %s"
              .formatted(
                  name,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  Shown.of(e.getOriginalMessage())),
          e);
    }
  }

  /** A value as indented text with a line end. */
  static String text(JsonNode value) {
    try {
      return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can always be written", e);
    }
  }
}
