package org.efferent.decoders.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.data.Safetensors;
import org.efferent.data.Tensor;

/**
 * A folder with what a reference implementation computed: {@code case.json}, {@code
 * weights.safetensors}, {@code io.safetensors}.
 */
final class GoldenCase {
  private final Path folder;
  private final JsonNode json;
  private final Map<String, Tensor> weights;
  private final Map<String, Tensor> io;

  private GoldenCase(
      Path folder, JsonNode json, Map<String, Tensor> weights, Map<String, Tensor> io) {
    this.folder = folder;
    this.json = json;
    this.weights = weights;
    this.io = io;
  }

  static GoldenCase read(Path folder) {
    Path description = folder.resolve("case.json");
    if (!Files.isRegularFile(description)) {
      throw new InputException(folder + ": is no case folder: it has no case.json");
    }
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(Files.readAllBytes(description));
    } catch (IOException e) {
      throw new InputException(description + ": is not JSON: " + e.getMessage(), e);
    }
    Path weights = folder.resolve("weights.safetensors");
    GoldenCase made =
        new GoldenCase(
            folder,
            json,
            Files.exists(weights) ? Safetensors.read(weights).tensors() : Map.of(),
            Safetensors.read(folder.resolve("io.safetensors")).tensors());
    if (made.architecture().isEmpty()) {
      throw new InputException(description + ": architecture is missing");
    }
    return made;
  }

  String name() {
    return json.path("id").asText(folder.getFileName().toString());
  }

  Path folder() {
    return folder;
  }

  String architecture() {
    return json.path("architecture").asText("");
  }

  JsonNode json() {
    return json;
  }

  Map<String, Tensor> weights() {
    return weights;
  }

  Map<String, Tensor> io() {
    return io;
  }

  boolean has(String tensor) {
    return io.containsKey(tensor);
  }

  Tensor io(String name) {
    Tensor tensor = io.get(name);
    if (tensor == null) {
      throw new InputException(folder + "/io.safetensors: has no tensor '" + name + "'");
    }
    return tensor;
  }

  Map<String, Object> options() {
    Map<?, ?> given = new ObjectMapper().convertValue(json.path("options"), Map.class);
    Map<String, Object> out = new LinkedHashMap<>();
    if (given != null) {
      given.forEach((k, v) -> out.put(String.valueOf(k), v));
    }
    return out;
  }
}
