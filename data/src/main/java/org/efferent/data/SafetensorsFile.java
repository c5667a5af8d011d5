package org.efferent.data;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;

/**
 * A safetensors file, open for reading by range: nothing but the header is read when it is opened.
 * {@link Safetensors} holds a whole file in memory.
 */
public final class SafetensorsFile implements AutoCloseable {
  private final FileBytes file;
  private final SafetensorsReader.Layout layout;
  private final Map<String, SafetensorsReader.Place> places = new LinkedHashMap<>();

  private SafetensorsFile(FileBytes file, SafetensorsReader.Layout layout) {
    this.file = file;
    this.layout = layout;
    layout.places().forEach(p -> places.put(p.name(), p));
  }

  /**
   * Opens a file.
   *
   * @param path the file
   * @return its tensors
   * @throws InputException if it is missing, truncated or no safetensors file
   * @throws UnsupportedInputException if an element type is not read
   */
  public static SafetensorsFile open(Path path) {
    SafetensorsReader.Layout layout = new SafetensorsReader(path).layout();
    return new SafetensorsFile(FileBytes.open(path), layout);
  }

  /** The file. */
  public Path path() {
    return file.path();
  }

  /** The words of the header. */
  public Map<String, String> metadata() {
    return Map.copyOf(layout.metadata());
  }

  /** Names of the tensors in the order of the header. */
  public List<String> names() {
    return List.copyOf(places.keySet());
  }

  /** Type of the elements of a tensor that is there. */
  public TensorType type(String tensor) {
    return place(tensor).type();
  }

  /** Sizes of a tensor that is there, slowest first; empty for a scalar. */
  public long[] shape(String tensor) {
    return place(tensor).shape().stream().mapToLong(Long::longValue).toArray();
  }

  /** Number of elements of a tensor that is there. */
  public long elements(String tensor) {
    SafetensorsReader.Place place = place(tensor);
    return (place.end() - place.begin()) / place.type().bytes();
  }

  private SafetensorsReader.Place place(String tensor) {
    SafetensorsReader.Place place = places.get(tensor);
    if (place == null) {
      throw new InputException(
          "%s: has no tensor '%s'; it has %s".formatted(file.name(), tensor, names()));
    }
    return place;
  }

  /**
   * Reads elements.
   *
   * @param tensor its name
   * @param from row-major index of the first element
   * @param count how many
   * @return the elements as doubles, as {@link Tensor#doubles()} makes them
   * @throws InputException if there is no such tensor, or the file became shorter
   * @throws UnsupportedInputException if they are more bytes than an array holds
   */
  public double[] read(String tensor, long from, int count) {
    SafetensorsReader.Place place = place(tensor);
    Objects.checkFromIndexSize(from, (long) count, elements(tensor));
    int width = place.type().bytes();
    if ((long) count * width > Integer.MAX_VALUE - 16) {
      throw new UnsupportedInputException(
          "%s: tensor '%s': %d elements at once are more than an array holds; read fewer"
              .formatted(file.name(), tensor, count));
    }
    long at = layout.dataAt() + place.begin() + from * width;
    byte[] bytes =
        file.read(at, count * width, "tensor '" + tensor + "'", ByteOrder.LITTLE_ENDIAN).array();
    return new Tensor(place.type(), new long[] {count}, bytes).doubles();
  }

  @Override
  public void close() {
    file.close();
  }
}
