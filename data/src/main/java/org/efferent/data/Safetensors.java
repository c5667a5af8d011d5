package org.efferent.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.efferent.core.InputException;

/**
 * Named tensors with a few words about them: the <a
 * href="https://huggingface.co/docs/safetensors">safetensors</a> format. Reading one executes
 * nothing, so a decoder or weights from a stranger can be loaded safely.
 *
 * <table>
 *   <caption>The file</caption>
 *   <tr><th>bytes</th><th>content</th></tr>
 *   <tr><td>8</td><td>n, little-endian</td></tr>
 *   <tr><td>n</td><td>JSON: {@code {"__metadata__": {"k": "v"}, "name": {"dtype": "F64", "shape":
 *       [2, 3], "data_offsets": [0, 48]}}}, may end with blanks</td></tr>
 *   <tr><td>the rest</td><td>the tensors, little-endian, row-major, without holes</td></tr>
 * </table>
 */
public final class Safetensors {
  /** Key of the map of words in the header. */
  static final String METADATA = "__metadata__";

  private final Map<String, String> metadata;
  private final Map<String, Tensor> tensors;
  private final String file;

  /**
   * Tensors to be written.
   *
   * @param metadata words about them, any keys
   * @param tensors by name, in the order of the map; the name {@code __metadata__} is taken
   */
  public Safetensors(Map<String, String> metadata, Map<String, Tensor> tensors) {
    this(metadata, tensors, "safetensors");
  }

  Safetensors(Map<String, String> metadata, Map<String, Tensor> tensors, String file) {
    this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    this.file = Objects.requireNonNull(file, "file");
    if (tensors.containsKey(METADATA)) {
      throw new IllegalArgumentException("a tensor may not be called " + METADATA);
    }
  }

  /**
   * Reads all tensors of a file.
   *
   * @param path the file
   * @return its words and tensors, in the order of the header
   * @throws InputException if anything in the file contradicts the format; the message names the
   *     file and the tensor
   * @throws org.efferent.core.UnsupportedInputException if an element type is not among {@link
   *     TensorType}
   */
  public static Safetensors read(Path path) {
    return new SafetensorsReader(path).read();
  }

  /** The words of the header; empty if there are none. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The tensors by name, in the order of the header. */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /**
   * A tensor that must be there.
   *
   * @param name its name
   * @return the tensor
   * @throws InputException if there is none of that name
   */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new InputException(
          file + ": has no tensor '" + name + "'; it has " + tensors.size() + " others");
    }
    return tensor;
  }

  /**
   * A word that must be there.
   *
   * @param key its key
   * @return the word
   * @throws InputException if there is none of that key
   */
  public String metadata(String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw new InputException(file + ": has no entry '" + key + "' in its metadata");
    }
    return value;
  }

  /**
   * Writes a file, whole or not at all. The same content gives the same bytes.
   *
   * @param path where it goes
   * @param overwrite whether an existing file may be replaced
   * @throws org.efferent.core.UsageException if the file exists and may not be replaced, or cannot
   *     be written
   */
  public void write(Path path, boolean overwrite) {
    AtomicFile.write(path, overwrite, this::writeTo);
  }

  /**
   * Writes the bytes of a file. The same content gives the same bytes.
   *
   * @param out where they go; it is not closed
   * @throws IOException if it refuses them
   */
  public void writeTo(OutputStream out) throws IOException {
    // Wide elements first: every tensor then begins at a multiple of its element's size.
    List<Map.Entry<String, Tensor>> order = new ArrayList<>(tensors.entrySet());
    order.sort(Comparator.comparing(e -> -e.getValue().type().bytes()));
    byte[] header = header(order);
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    length.putLong(0, header.length);
    out.write(length.array());
    out.write(header);
    for (Map.Entry<String, Tensor> entry : order) {
      out.write(entry.getValue().bytes());
    }
  }

  private byte[] header(List<Map.Entry<String, Tensor>> order) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode words = root.putObject(METADATA);
      metadata.forEach(words::put);
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : order) {
      Tensor tensor = entry.getValue();
      ObjectNode node = root.putObject(entry.getKey());
      node.put("dtype", tensor.type().name());
      ArrayNode shape = node.putArray("shape");
      for (long size : tensor.shape()) {
        shape.add(size);
      }
      long end = offset + tensor.bytes().length;
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    StringBuilder text = new StringBuilder(root.toString());
    int bytes = text.toString().getBytes(StandardCharsets.UTF_8).length;
    text.append(" ".repeat((8 - bytes % 8) % 8));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
