package org.efferent.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;

/** Reads one safetensors file, believing nothing. Used once. */
final class SafetensorsReader {
  /** The reference implementation's limit. */
  private static final long MAX_HEADER = 100_000_000;

  private final Path path;
  private final String name;

  /** Where a tensor lies; begin and end count from the end of the header. */
  record Place(String name, TensorType type, List<Long> shape, long begin, long end) {}

  /**
   * What a header says.
   *
   * @param metadata words
   * @param places the tensors in the order of the header
   * @param ordered the tensors by place
   * @param dataAt where the header ends
   */
  record Layout(
      Map<String, String> metadata, List<Place> places, List<Place> ordered, long dataAt) {}

  SafetensorsReader(Path path) {
    this.path = path;
    this.name = InputFiles.name(path);
  }

  Safetensors read() {
    InputFiles.check(path);
    try (InputStream in = Files.newInputStream(path)) {
      Layout layout = layout(in);
      Map<String, Tensor> read = new LinkedHashMap<>();
      layout.places().forEach(p -> read.put(p.name(), null));
      for (Place place : layout.ordered()) {
        long bytes = place.end() - place.begin();
        if (bytes > Integer.MAX_VALUE - 16) {
          throw new UnsupportedInputException(
              "%s: tensor '%s': up to 2147483631 bytes are read; bytes=%d"
                  .formatted(name, place.name(), bytes));
        }
        long[] shape = place.shape().stream().mapToLong(Long::longValue).toArray();
        read.put(place.name(), new Tensor(place.type(), shape, in.readNBytes((int) bytes)));
      }
      return new Safetensors(layout.metadata(), read, name);
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
  }

  /** Where all is; no tensor is read. */
  Layout layout() {
    InputFiles.check(path);
    try (InputStream in = Files.newInputStream(path)) {
      return layout(in);
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
  }

  private Layout layout(InputStream in) throws IOException {
    long size = InputFiles.check(path);
    if (size < 8) {
      throw bad("a safetensors file begins with the length of its header, 8 bytes; bytes=" + size);
    }
    ByteBuffer prefix = ByteBuffer.wrap(in.readNBytes(8)).order(ByteOrder.LITTLE_ENDIAN);
    long length = prefix.getLong(0);
    if (length < 2 || length > MAX_HEADER || length > size - 8) {
      throw bad(
          "the header's length must be at least 2, at most "
              + MAX_HEADER
              + " and inside the file of "
              + size
              + " bytes; length="
              + Long.toUnsignedString(length)
              + "; is this a safetensors file?");
    }
    JsonNode header = parse(in.readNBytes((int) length));
    Map<String, String> metadata = metadata(header.get(Safetensors.METADATA));
    List<Place> places = places(header);
    return new Layout(metadata, places, checkLayout(places, size - 8 - length), 8 + length);
  }

  private JsonNode parse(byte[] bytes) {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      JsonNode node = text.startsWith("{") ? mapper.readTree(text) : null;
      if (node == null || !node.isObject()) {
        throw bad("the header must be a JSON object; is this a safetensors file?");
      }
      return node;
    } catch (CharacterCodingException e) {
      throw new InputException(name + ": the header must be UTF-8", e);
    } catch (JsonProcessingException e) {
      throw new InputException(
          name
              + ": the header must be valid JSON: "
              + e.getOriginalMessage().lines().findFirst().orElse(""),
          e);
    }
  }

  private Map<String, String> metadata(JsonNode node) {
    Map<String, String> words = new LinkedHashMap<>();
    if (node == null) {
      return words;
    }
    if (!node.isObject()) {
      throw bad("__metadata__ must map strings to strings");
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!entry.getValue().isTextual()) {
        throw bad("__metadata__ must map strings to strings; key='" + entry.getKey() + "'");
      }
      words.put(entry.getKey(), entry.getValue().textValue());
    }
    return words;
  }

  private List<Place> places(JsonNode header) {
    List<Place> places = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(Safetensors.METADATA)) {
        places.add(place(entry.getKey(), entry.getValue()));
      }
    }
    return places;
  }

  private Place place(String tensor, JsonNode node) {
    List<Long> offsets = integers(tensor, node, "data_offsets");
    List<Long> shape = integers(tensor, node, "shape");
    if (offsets.size() != 2) {
      throw bad(tensor, "data_offsets must be two numbers; data_offsets=" + offsets);
    }
    TensorType type = type(tensor, node.path("dtype"));
    long begin = offsets.get(0);
    long end = offsets.get(1);
    long bytes;
    try {
      bytes =
          Math.multiplyExact(
              Tensor.elements(shape.stream().mapToLong(Long::longValue).toArray()),
              (long) type.bytes());
    } catch (ArithmeticException e) {
      throw bad(tensor, "the shape is too large; shape=" + shape);
    }
    if (end < begin || end - begin != bytes) {
      throw bad(
          tensor,
          "a "
              + type
              + " of shape "
              + shape
              + " takes "
              + bytes
              + " bytes; data_offsets="
              + offsets);
    }
    return new Place(tensor, type, shape, begin, end);
  }

  private List<Long> integers(String tensor, JsonNode node, String key) {
    JsonNode array = node.path(key);
    List<Long> numbers = new ArrayList<>();
    boolean good = array.isArray();
    for (JsonNode element : array) {
      good &= element.isIntegralNumber() && element.canConvertToLong() && element.longValue() >= 0;
      numbers.add(element.longValue());
    }
    if (!good) {
      throw bad(tensor, key + " must be a list of whole numbers, not negative");
    }
    return numbers;
  }

  private TensorType type(String tensor, JsonNode node) {
    for (TensorType type : TensorType.values()) {
      if (type.name().equals(node.textValue())) {
        return type;
      }
    }
    if (!node.isTextual()) {
      throw bad(tensor, "dtype must be the name of an element type");
    }
    throw new UnsupportedInputException(
        name
            + ": tensor '"
            + tensor
            + "': these element types are read: "
            + Arrays.toString(TensorType.values())
            + "; dtype="
            + node.textValue());
  }

  /** The tensors by place: they must fill the file without hole, overlap or rest. */
  private List<Place> checkLayout(List<Place> places, long blob) {
    List<Place> ordered = new ArrayList<>(places);
    ordered.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
    long expected = 0;
    for (Place place : ordered) {
      if (place.begin() != expected) {
        throw bad(
            place.name(),
            "tensors lie one after the other, without holes or overlaps; begin="
                + place.begin()
                + ", the tensor before ends at "
                + expected);
      }
      expected = place.end();
    }
    if (expected != blob) {
      throw bad(
          "the tensors take "
              + expected
              + " bytes and nothing else follows the header; bytes="
              + blob
              + (blob < expected ? "; the file is truncated" : ""));
    }
    return ordered;
  }

  private InputException bad(String what) {
    return new InputException(name + ": " + what);
  }

  private InputException bad(String tensor, String what) {
    return new InputException(name + ": tensor '" + tensor + "': " + what);
  }
}
