package org.efferent.data.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efferent.core.InputException;
import org.efferent.data.InputFiles;

/**
 * What has arrived of a file, {@code NAME.part}, and beside it {@code NAME.part.json}, which says
 * of which state of which file it is the beginning.
 */
final class PartFile {
  private static final long MOST_STATE_BYTES = 1 << 16;

  private final Path part;
  private final Path state;
  private final RemoteFile file;
  private String validator = "";

  /**
   * The part of a file.
   *
   * @param target the final name
   * @param file what is downloaded
   */
  PartFile(Path target, RemoteFile file) {
    this.part = target.resolveSibling(InputFiles.name(target) + RemotePath.PART);
    this.state = target.resolveSibling(InputFiles.name(target) + RemotePath.STATE);
    this.file = file;
  }

  Path path() {
    return part;
  }

  /** The state that the part is the beginning of; empty if the server did not say. */
  String validator() {
    return validator;
  }

  /**
   * How many bytes of it can be built upon. What is of another address or another state, or of
   * which it is not known, is thrown away.
   */
  long usable() throws IOException {
    validator = "";
    if (!Files.isRegularFile(part) || !matches()) {
      discard();
      return 0;
    }
    long bytes = Files.size(part);
    boolean tellable = !validator.isEmpty() || file.checksum().isPresent();
    boolean tooLong = file.bytes() >= 0 && bytes > file.bytes();
    if (bytes == 0 || !tellable || tooLong) {
      discard();
      return 0;
    }
    return bytes;
  }

  private boolean matches() throws IOException {
    if (!Files.isRegularFile(state) || Files.size(state) > MOST_STATE_BYTES) {
      return false;
    }
    JsonNode json;
    try {
      json = Json.parse(Files.readString(state), InputFiles.name(state));
    } catch (InputException | MalformedInputException e) {
      return false; // half-written or not ours: nothing can be built upon it
    }
    String text = json.path("validator").asText("");
    validator = WebAnswer.sendable(text) ? text : "";
    return json.path("address").asText("").equals(file.address().toString())
        && json.path("checksum").asText("").equals(checksum());
  }

  private String checksum() {
    return file.checksum().map(c -> c.algorithm().label() + " " + c.hex()).orElse("");
  }

  /** Notes of which state the part is, before its first byte is written. */
  void begin(String newValidator) throws IOException {
    validator = newValidator;
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("address", file.address().toString());
    json.put("validator", validator);
    json.put("checksum", checksum());
    Files.writeString(state, Json.text(json));
  }

  /** Throws away part and state. */
  void discard() throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(state);
    validator = "";
  }

  /** Throws away the state, when the part has got its final name. */
  void done() throws IOException {
    Files.deleteIfExists(state);
  }
}
