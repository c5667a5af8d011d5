package org.efferent.data.hdf5;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.Reference;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.Tensor;

/**
 * A data set of an HDF5 file: an array, row-major, read by range.
 *
 * <p>Longer than 300 lines, since half of them say shapes, ranges and errors of its readings.
 */
public final class Hdf5Dataset {
  private final Dataset dataset;
  private final String path;
  private final Hdf5Guard guard;
  private final long[] shape;
  private final DataType type;
  private final Hdf5Chunks chunks;

  Hdf5Dataset(Dataset dataset, String path, Hdf5Guard guard) {
    this.dataset = dataset;
    this.path = path;
    this.guard = guard;
    this.type = guard.call(path, dataset::getDataType);
    long[] sizes = guard.call(path, dataset::getDimensionsAsLong);
    this.shape = guard.call(path, dataset::isEmpty) ? new long[] {0} : sizes;
    guard.check(path, shape, type.getSize());
    members(type);
    Hdf5Chunks found = null;
    if (dataset instanceof ChunkedDataset chunked) {
      int[] chunk = guard.call(path, chunked::getChunkDimensions);
      guard.check(path + ": chunk", Arrays.stream(chunk).asLongStream().toArray(), type.getSize());
      for (int size : chunk) {
        if (size < 1) {
          throw new InputException(
              "%s: %s: sizes of a chunk must be positive; sizes=%s; it is damaged"
                  .formatted(guard.file(), path, Arrays.toString(chunk)));
        }
      }
      if (elements() > 0) {
        found = new Hdf5Chunks(chunked, guard, path, shape, type);
        long stored = guard.call(path, dataset::getStorageInBytes);
        guard.check(path, shape, type.getSize(), found.isPacked(), stored);
        found.justify();
      }
    } else {
      long stored = guard.call(path, dataset::getStorageInBytes);
      guard.checkPiece(path, shape, type.getSize(), stored);
    }
    this.chunks = found;
  }

  /** Members must lie in what they are members of: jHDF makes room for what they claim. */
  private void members(DataType of) {
    if (of instanceof CompoundDataType compound) {
      for (CompoundDataType.CompoundDataMember member : compound.getMembers()) {
        long end = (long) member.getOffset() + member.getDataType().getSize();
        if (member.getOffset() < 0 || end > compound.getSize()) {
          throw new InputException(
              "%s: %s: member '%s' must end within %d bytes; end=%d; it is damaged"
                  .formatted(guard.file(), path, member.getName(), compound.getSize(), end));
        }
        members(member.getDataType());
      }
    }
  }

  /** All of it as jHDF gives it, after a look whether its chunks can be unpacked. */
  private Object data() {
    if (chunks != null) {
      chunks.check();
    }
    return guard.call(path, dataset::getData);
  }

  /** Names from the root on. */
  public String path() {
    return path;
  }

  /** A copy of the sizes, slowest first; empty for a scalar. */
  public long[] shape() {
    return shape.clone();
  }

  /** Number of elements. */
  public long elements() {
    long product = 1;
    for (long size : shape) {
      product *= size;
    }
    return product;
  }

  /** Whether it holds numbers or booleans. */
  public boolean isNumeric() {
    return type instanceof FloatingPoint || type instanceof FixedPoint || isBoolean();
  }

  private boolean isBoolean() {
    return type instanceof EnumDataType;
  }

  /** Whether it holds texts. */
  public boolean isText() {
    return type instanceof StringData
        || (type instanceof VariableLength v && v.isVariableLengthString());
  }

  /** Whether it holds references to other nodes. */
  public boolean isReference() {
    return type instanceof Reference;
  }

  /** Whether its elements have named members. */
  public boolean isCompound() {
    return type instanceof CompoundDataType;
  }

  /** Type and sizes: {@code float [5000 × 96]}. */
  public String describe() {
    StringBuilder text = new StringBuilder(typeName());
    for (int i = 0; i < shape.length; i++) {
      text.append(i == 0 ? " [" : " × ").append(shape[i]);
    }
    return shape.length == 0 ? text.toString() : text.append(']').toString();
  }

  private String typeName() {
    if (type instanceof FixedPoint fixed) {
      return (fixed.isSigned() ? "int" : "uint") + 8 * type.getSize();
    }
    if (type instanceof FloatingPoint) {
      return "float" + 8 * type.getSize();
    }
    if (isReference()) {
      return "reference";
    }
    if (isBoolean()) {
      return "enum";
    }
    return isText() ? "text" : isCompound() ? "compound" : "other";
  }

  /**
   * Reads a box of numbers.
   *
   * @param from first index a dimension
   * @param counts how many a dimension
   * @param into where they go, row-major; 64-bit integers beyond 2⁵³ are rounded
   * @param offset where in {@code into} the first goes
   * @throws InputException if it does not hold numbers, or is damaged
   * @throws UnsupportedInputException if a filter is not supported
   */
  public void read(long[] from, int[] counts, double[] into, int offset) {
    numeric();
    long product = 1;
    for (int d = 0; d < shape.length; d++) {
      Objects.checkFromIndexSize(from[d], (long) counts[d], shape[d]);
      product *= counts[d];
    }
    Objects.checkFromIndexSize((long) offset, product, (long) into.length);
    if (product == 0) {
      return;
    }
    inside();
    if (chunks != null && chunks.isPlain()) {
      chunks.read(from, counts, into, offset);
      return;
    }
    boolean whole = shape.length == 0 || product == elements();
    if (chunks != null && !whole) {
      chunks.check(from, counts);
    }
    Object data = whole ? data() : guard.call(path, () -> dataset.getData(from, counts));
    int end = guard.call(path, () -> Hdf5Values.flatten(data, into, offset));
    if (end != offset + product) {
      throw new InputException(
          "%s: %s: holds %d values instead of %d; it is damaged"
              .formatted(guard.file(), path, end - offset, product));
    }
  }

  private void numeric() {
    if (!isNumeric()) {
      throw new InputException(
          "%s: %s: must hold numbers; it holds %s".formatted(guard.file(), path, describe()));
    }
  }

  /** A contiguous block must be in the file: jHDF would map, or make up, what is not. */
  private void inside() {
    if (dataset instanceof ContiguousDataset) {
      long bytes = elements() * type.getSize();
      long stored = guard.call(path, dataset::getStorageInBytes);
      if (stored != 0 && stored < bytes) {
        throw new InputException(
            "%s: %s: %d bytes are stored of %d; it is damaged"
                .formatted(guard.file(), path, stored, bytes));
      }
    }
  }

  /**
   * Reads elements by their row-major index. Rows of the first dimension are read whole, so that
   * few are read in vain if ranges are rows.
   *
   * @param from first element
   * @param count how many
   * @param into where they go
   * @param offset where in {@code into} the first goes
   * @throws InputException if it does not hold numbers, or is damaged
   */
  public void readFlat(long from, int count, double[] into, int offset) {
    Objects.checkFromIndexSize(from, (long) count, elements());
    if (count == 0) {
      return;
    }
    if (shape.length == 0) {
      read(new long[0], new int[0], into, offset);
      return;
    }
    long width = elements() / shape[0];
    long first = from / width;
    int rows = (int) ((from + count - 1) / width - first + 1);
    long[] at = new long[shape.length];
    int[] counts = new int[shape.length];
    for (int d = 0; d < shape.length; d++) {
      counts[d] = (int) shape[d];
    }
    at[0] = first;
    counts[0] = rows;
    if (rows * width == count) {
      read(at, counts, into, offset);
      return;
    }
    double[] all = new double[Math.toIntExact(rows * width)];
    read(at, counts, all, 0);
    System.arraycopy(all, (int) (from - first * width), into, offset, count);
  }

  /**
   * All numbers, row-major.
   *
   * @throws InputException if it does not hold numbers, or is damaged
   * @throws UnsupportedInputException if they are more than an array holds
   */
  public double[] doubles() {
    numeric();
    if (elements() > Integer.MAX_VALUE - 8) {
      throw new UnsupportedInputException(
          "%s: %s: %s is more than one array holds; read it by range"
              .formatted(guard.file(), path, describe()));
    }
    double[] all = new double[(int) elements()];
    readFlat(0, all.length, all, 0);
    return all;
  }

  /**
   * All numbers: 32-bit floats as they are, everything else as doubles.
   *
   * @throws InputException if it does not hold numbers, or is damaged
   */
  public Tensor toTensor() {
    double[] all = doubles();
    if (!(type instanceof FloatingPoint) || type.getSize() != 4) {
      return Tensor.of(all, shape);
    }
    float[] floats = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      floats[i] = (float) all[i];
    }
    return Tensor.of(floats, shape);
  }

  /**
   * All texts, row-major.
   *
   * @throws InputException if it does not hold texts, or is damaged
   */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    if (elements() > 0) {
      Object data = data();
      guard.call(
          path,
          () -> {
            Hdf5Values.texts(data, texts);
            return texts;
          });
    }
    return texts;
  }

  /**
   * Addresses of the nodes that it refers to, row-major.
   *
   * @throws InputException if it does not hold references, or is damaged
   */
  public long[] references() {
    if (!isReference()) {
      throw new InputException(
          "%s: %s: must hold references; it holds %s".formatted(guard.file(), path, describe()));
    }
    if (elements() == 0) {
      return new long[0];
    }
    Object data = data();
    double[] all = guard.call(path, () -> Hdf5Values.all(data));
    return Arrays.stream(all).mapToLong(v -> (long) v).toArray();
  }

  /**
   * Members of a compound: name and array of its values, as jHDF gives them.
   *
   * @throws InputException if it is no compound, or damaged
   */
  public Map<String, ?> members() {
    Object data = data();
    if (data instanceof Map<?, ?> map) {
      Map<String, Object> members = new java.util.LinkedHashMap<>();
      map.forEach((name, value) -> members.put(String.valueOf(name), value));
      return members;
    }
    throw new InputException(
        "%s: %s: must hold compounds; it holds %s".formatted(guard.file(), path, describe()));
  }
}
