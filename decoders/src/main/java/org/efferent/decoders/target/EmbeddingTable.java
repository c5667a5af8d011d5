package org.efferent.decoders.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.data.SafetensorsFile;
import org.efferent.data.npy.Npy;
import org.efferent.data.npy.NpyArray;
import org.efferent.data.npy.NpyFile;

/**
 * Embeddings in a file, {@code [rows × …]}, each row with the name of what it is an embedding of:
 * an image, a sentence, a word. Rows are read when they are asked for, so a table may be larger
 * than memory. One thread at a time uses it; who opened it closes it.
 *
 * <p>Names lie in a file of their own, {@code .npy} of texts or one a line, or in the metadata of a
 * safetensors file under {@code names}, one a line. Without names a row is called by its number.
 */
public final class EmbeddingTable implements AutoCloseable {
  private final String file;
  private final AutoCloseable source;
  private final Rows reader;
  private final long[] shape;
  private final int dimensions;
  private final List<String> names;
  private final boolean named;
  private final Map<String, Integer> places = new HashMap<>();

  /** Reads one row. */
  @FunctionalInterface
  private interface Rows {
    double[] read(int row);
  }

  private EmbeddingTable(
      String file, AutoCloseable source, Rows reader, long[] shape, Optional<List<String>> given) {
    this.file = file;
    this.source = source;
    this.reader = reader;
    this.shape = shape;
    if (shape.length < 2 || Arrays.stream(shape).anyMatch(size -> size < 1)) {
      throw new InputException(
          "%s: embeddings must be [rows × …], not empty; shape=%s"
              .formatted(file, Arrays.toString(shape)));
    }
    long size = 1;
    for (int axis = 1; axis < shape.length; axis++) {
      size *= shape[axis];
    }
    if (shape[0] > Integer.MAX_VALUE - 8 || size > Integer.MAX_VALUE / 8) {
      throw new InputException(
          "%s: rows must be fewer than 2³¹ and of fewer than 2²⁸ values; shape=%s"
              .formatted(file, Arrays.toString(shape)));
    }
    dimensions = (int) size;
    named = given.isPresent();
    names = given.map(List::copyOf).orElseGet(() -> numbers((int) shape[0]));
    if (names.size() != shape[0]) {
      throw new InputException(
          "%s: there must be a name a row; rows=%d, names=%d"
              .formatted(file, shape[0], names.size()));
    }
    for (int row = 0; row < names.size(); row++) {
      Integer before = places.put(names.get(row), row);
      if (before != null) {
        throw new InputException(
            "%s: names must differ; '%s' is the name of rows %d and %d"
                .formatted(file, names.get(row), before, row));
      }
    }
  }

  private static List<String> numbers(int rows) {
    List<String> numbers = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      numbers.add(Integer.toString(row));
    }
    return numbers;
  }

  /**
   * Opens a {@code .npy} file, or a safetensors file with one tensor.
   *
   * @param path the file
   * @param names a file of names; empty for those in the file, or numbers
   * @return the table
   * @throws InputException if a file is missing or damaged, names do not fit, or there is more than
   *     one tensor
   */
  public static EmbeddingTable open(Path path, Optional<Path> names) {
    if (!String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(".npy")) {
      return safetensors(path, Optional.empty(), names);
    }
    NpyFile npy = NpyFile.open(path);
    return closing(
        npy,
        () -> {
          NpyArray array = npy.array();
          return new EmbeddingTable(
              String.valueOf(path.getFileName()),
              npy,
              row -> array.range(0, row, row + 1L).doubles(),
              array.shape(),
              names.map(EmbeddingTable::readNames));
        });
  }

  /**
   * Opens a tensor of a safetensors file.
   *
   * @param path the file
   * @param tensor its name; empty if there is one alone
   * @param names as {@link #open}
   * @return the table
   * @throws InputException as {@link #open}, or if there is no such tensor
   */
  public static EmbeddingTable safetensors(
      Path path, Optional<String> tensor, Optional<Path> names) {
    SafetensorsFile opened = SafetensorsFile.open(path);
    return closing(
        opened,
        () -> {
          if (tensor.isEmpty() && opened.names().size() != 1) {
            throw new InputException(
                "%s: name the tensor to be read; it has %s"
                    .formatted(path.getFileName(), opened.names()));
          }
          String name = tensor.orElseGet(() -> opened.names().get(0));
          long[] shape = opened.shape(name);
          long size = 1;
          for (int axis = 1; axis < shape.length; axis++) {
            size *= shape[axis];
          }
          int values = (int) Math.min(size, Integer.MAX_VALUE);
          Optional<List<String>> inside =
              Optional.ofNullable(opened.metadata().get("names"))
                  .map(text -> List.of(text.split("\n", -1)));
          return new EmbeddingTable(
              String.valueOf(path.getFileName()),
              opened,
              row -> opened.read(name, (long) row * values, values),
              shape,
              names.map(EmbeddingTable::readNames).or(() -> inside));
        });
  }

  private static EmbeddingTable closing(
      AutoCloseable source, java.util.function.Supplier<EmbeddingTable> open) {
    boolean done = false;
    try {
      EmbeddingTable table = open.get();
      done = true;
      return table;
    } finally {
      if (!done) {
        release(source);
      }
    }
  }

  private static void release(AutoCloseable source) {
    try {
      source.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the readers throw nothing that is checked", e);
    }
  }

  private static List<String> readNames(Path path) {
    if (String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(".npy")) {
      return Npy.readStrings(path);
    }
    try {
      return Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InputException(
          "%s: cannot be read as lines of UTF-8: %s".formatted(path.getFileName(), e.getMessage()),
          e);
    }
  }

  /** Embeddings. */
  public int rows() {
    return names.size();
  }

  /** Values a row: the product of all sizes but the first. */
  public int dimensions() {
    return dimensions;
  }

  /** A copy of the sizes, rows first. */
  public long[] shape() {
    return shape.clone();
  }

  /** Names of the rows, in order. */
  public List<String> names() {
    return names;
  }

  /** Whether rows have names of their own, not only numbers. */
  public boolean isNamed() {
    return named;
  }

  /**
   * The place of a name.
   *
   * @param name of a row
   * @return its index
   * @throws InputException if there is none
   */
  public int indexOf(String name) {
    Integer place = places.get(name);
    if (place == null) {
      throw new InputException(
          "%s: has no row '%s'; it has %d rows, the first is '%s'"
              .formatted(file, name, rows(), names.get(0)));
    }
    return place;
  }

  /**
   * One embedding.
   *
   * @param row from 0
   * @return {@code [dimensions]}, row-major
   * @throws InputException if a value is not finite
   */
  public float[] row(int row) {
    java.util.Objects.checkIndex(row, rows());
    double[] read = reader.read(row);
    float[] values = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      values[i] = (float) read[i];
      if (!Float.isFinite(values[i])) {
        throw new InputException(
            "%s: embeddings must be finite; row=%d, name='%s', value=%s"
                .formatted(file, row, names.get(row), read[i]));
      }
    }
    return values;
  }

  /**
   * One embedding.
   *
   * @param name of its row
   * @return {@code [dimensions]}, row-major
   * @throws InputException if there is no such row, or a value is not finite
   */
  public float[] row(String name) {
    return row(indexOf(name));
  }

  @Override
  public void close() {
    release(source);
  }
}
