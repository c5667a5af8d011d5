package org.efferent.data.npy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;
import org.efferent.data.Tensor;

/**
 * A view of an array that lies in a file or in memory. Views are cut, turned and named without
 * touching the elements, which are read when they are asked for: an array may be larger than memory
 * and have more than 2³¹ elements. Indices are 0-based; all results are row-major.
 *
 * <p>Longer than 300 lines because each view is a few lines over the same fields, and apart they
 * would have to lay these open.
 */
public final class NpyArray {
  static final int MOST_AXES = 64;

  private final Bytes source;
  private final long offset;
  private final NpyType type;
  private final long[] shape;
  private final long[] strides;

  /** Where the bytes are: one of the two is there. */
  static final class Bytes {
    private final String name;
    private final FileBytes file;
    private final byte[] memory;

    Bytes(String name, FileBytes file, byte[] memory) {
      this.name = name;
      this.file = file;
      this.memory = memory;
    }

    String name() {
      return name;
    }

    FileBytes file() {
      return file;
    }

    byte[] memory() {
      return memory;
    }

    long size() {
      return file == null ? memory.length : file.size();
    }
  }

  private NpyArray(Bytes source, long offset, NpyType type, long[] shape, long[] strides) {
    this.source = source;
    this.offset = offset;
    this.type = type;
    this.shape = shape;
    this.strides = strides;
  }

  /**
   * An array in a file, which stays open as long as the array is used.
   *
   * @param file its bytes
   * @param offset where the first element is
   * @param type of the elements
   * @param shape sizes, slowest first; none for a single element
   * @param fortran whether the first index runs fastest
   * @return the view
   * @throws InputException if the file is too short for it
   */
  public static NpyArray of(
      FileBytes file, long offset, NpyType type, long[] shape, boolean fortran) {
    return of(new Bytes(file.name(), file, null), offset, type, shape, fortran);
  }

  /**
   * An array in memory.
   *
   * @param name how errors begin
   * @param bytes its bytes, which are not copied
   * @param type of the elements
   * @param shape sizes, slowest first; none for a single element
   * @param fortran whether the first index runs fastest
   * @return the view
   * @throws InputException if the bytes are too few for it
   */
  public static NpyArray of(
      String name, byte[] bytes, NpyType type, long[] shape, boolean fortran) {
    return of(name, bytes, 0, type, shape, fortran);
  }

  static NpyArray of(
      String name, byte[] bytes, int offset, NpyType type, long[] shape, boolean fortran) {
    return of(new Bytes(name, null, bytes), offset, type, shape, fortran);
  }

  /** Bytes of an array. */
  static long bytes(String name, NpyType type, long[] shape) {
    try {
      return Math.multiplyExact(elements(shape), (long) type.bytes());
    } catch (ArithmeticException e) {
      throw new InputException(
          name + ": the shape is too large; shape=" + Arrays.toString(shape), e);
    }
  }

  private static NpyArray of(
      Bytes source, long offset, NpyType type, long[] shape, boolean fortran) {
    Objects.requireNonNull(type, "type");
    if (shape.length > MOST_AXES) {
      throw new InputException(
          source.name() + ": an array has up to " + MOST_AXES + " axes; axes=" + shape.length);
    }
    long bytes = bytes(source.name(), type, shape);
    if (bytes > source.size() - offset) {
      throw new InputException(
          "%s: an array of %s %s takes %d bytes from byte %d on, the file has %d; it is truncated or damaged"
              .formatted(
                  source.name(),
                  type.title(),
                  Arrays.toString(shape),
                  bytes,
                  offset,
                  source.size()));
    }
    long[] strides = new long[shape.length];
    if (bytes > 0) {
      long stride = type.bytes();
      for (int i = 0; i < shape.length; i++) {
        int axis = fortran ? i : shape.length - 1 - i;
        strides[axis] = stride;
        stride *= shape[axis];
      }
    }
    return new NpyArray(source, offset, type, shape.clone(), strides);
  }

  /** Elements of a shape; 1 for none, 0 if any size is 0. */
  static long elements(long[] shape) {
    long product = 1;
    boolean none = false;
    for (long size : shape) {
      if (size < 0) {
        throw new ArithmeticException("a size must not be negative; size=" + size);
      }
      none |= size == 0;
      product = Math.multiplyExact(product, Math.max(1, size));
    }
    return none ? 0 : product;
  }

  /** Type of the elements. */
  public NpyType type() {
    return type;
  }

  /** A copy of the sizes, slowest first; empty for a single element. */
  public long[] shape() {
    return shape.clone();
  }

  /** Number of axes. */
  public int axes() {
    return shape.length;
  }

  /**
   * Size of an axis.
   *
   * @param axis from 0
   */
  public long size(int axis) {
    return shape[Objects.checkIndex(axis, shape.length)];
  }

  /** Number of elements. */
  public long elements() {
    return elements(shape);
  }

  Bytes source() {
    return source;
  }

  long offset() {
    return offset;
  }

  long[] strides() {
    return strides;
  }

  /**
   * The part at one place of an axis, which disappears.
   *
   * @param axis from 0
   * @param index from 0
   * @return a view
   */
  public NpyArray at(int axis, long index) {
    Objects.checkIndex(index, size(axis));
    return new NpyArray(
        source, offset + index * strides[axis], type, without(shape, axis), without(strides, axis));
  }

  private static long[] without(long[] sizes, int axis) {
    long[] less = new long[sizes.length - 1];
    System.arraycopy(sizes, 0, less, 0, axis);
    System.arraycopy(sizes, axis + 1, less, axis, less.length - axis);
    return less;
  }

  /**
   * A stretch of an axis.
   *
   * @param axis from 0
   * @param from first index
   * @param to index after the last
   * @return a view
   */
  public NpyArray range(int axis, long from, long to) {
    Objects.checkFromToIndex(from, to, size(axis));
    long[] sizes = shape.clone();
    sizes[axis] = to - from;
    return new NpyArray(source, offset + from * strides[axis], type, sizes, strides);
  }

  /**
   * The same elements with the axes in another order.
   *
   * @param order for each axis of the result the one of this array
   * @return a view
   */
  public NpyArray transposed(int... order) {
    if (!Arrays.equals(
        Arrays.stream(order).sorted().toArray(),
        java.util.stream.IntStream.range(0, shape.length).toArray())) {
      throw new IllegalArgumentException(
          "the order must name every axis once; order=" + Arrays.toString(order));
    }
    long[] sizes = new long[order.length];
    long[] steps = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      sizes[i] = shape[order[i]];
      steps[i] = strides[order[i]];
    }
    return new NpyArray(source, offset, type, sizes, steps);
  }

  /**
   * Two axes as one, the first of which runs slower; only where the array's order allows it, as it
   * does in every array that is row-major.
   *
   * @param axis the slower one; the faster one follows it
   * @return a view
   * @throws UnsupportedInputException if the elements do not lie that way
   */
  public NpyArray joined(int axis) {
    Objects.checkIndex(axis, shape.length - 1);
    if (elements() > 0 && strides[axis] != strides[axis + 1] * shape[axis + 1]) {
      throw new UnsupportedInputException(
          source.name() + ": axes are only joined in an array in C's order");
    }
    long[] sizes = without(shape, axis);
    sizes[axis] = Math.multiplyExact(shape[axis], shape[axis + 1]);
    return new NpyArray(source, offset, type, sizes, without(strides, axis));
  }

  /**
   * A field of an array of records; the axes of the field come last. Complex numbers have the
   * fields {@code real} and {@code imag}.
   *
   * @param name of the field
   * @return a view
   * @throws InputException if there is no field of that name
   */
  public NpyArray field(String name) {
    if (type.kind() == NpyType.Kind.COMPLEX && (name.equals("real") || name.equals("imag"))) {
      int half = type.bytes() / 2;
      NpyType part = new NpyType(NpyType.Kind.FLOAT, half, type.order(), List.of());
      return new NpyArray(source, offset + (name.equals("imag") ? half : 0), part, shape, strides);
    }
    for (NpyType.Field field : type.fields()) {
      if (field.name().equals(name)) {
        return field(field);
      }
    }
    throw new InputException(
        "%s: its elements have no field '%s'; they have %s"
            .formatted(
                source.name(),
                name,
                type.fields().isEmpty()
                    ? "none"
                    : type.fields().stream()
                        .map(NpyType.Field::name)
                        .collect(Collectors.joining(", "))));
  }

  private NpyArray field(NpyType.Field field) {
    int more = field.shape().size();
    long[] sizes = Arrays.copyOf(shape, shape.length + more);
    long[] steps = Arrays.copyOf(strides, shape.length + more);
    long stride = field.type().bytes();
    for (int i = sizes.length - 1; i >= shape.length; i--) {
      sizes[i] = field.shape().get(i - shape.length);
      steps[i] = stride;
      stride *= sizes[i];
    }
    return new NpyArray(source, offset + field.offset(), field.type(), sizes, steps);
  }

  /**
   * Reads a block of numbers.
   *
   * @param from first index of every axis
   * @param count how many of every axis
   * @param into {@code [count…]}, row-major
   * @param at where in {@code into} the first goes
   * @throws IndexOutOfBoundsException if the block lies outside the array or does not fit
   * @throws UnsupportedInputException if the elements are no numbers
   */
  public void read(long[] from, int[] count, double[] into, int at) {
    requireNumber();
    long total = 1;
    for (int size : count) {
      total = Math.multiplyExact(total, (long) size);
    }
    Objects.checkFromIndexSize((long) at, total, into.length);
    new Gather(this, from, count).run(NpyRuns.doubles(type, into, at));
  }

  private void requireNumber() {
    if (!type.isNumber()) {
      throw new UnsupportedInputException(
          source.name()
              + ": only numbers are read as numbers; its elements are "
              + type.title()
              + (type.fields().isEmpty() ? "" : ": name a field"));
    }
  }

  private int inMemory() {
    long n = elements();
    if (n > Integer.MAX_VALUE - 16) {
      throw new UnsupportedInputException(
          "%s: %d elements are more than one array holds; read them by range"
              .formatted(source.name(), n));
    }
    return (int) n;
  }

  private Gather whole() {
    int[] count = new int[shape.length];
    for (int i = 0; i < count.length; i++) {
      count[i] = (int) Math.min(Integer.MAX_VALUE, shape[i]);
    }
    return new Gather(this, new long[shape.length], count);
  }

  /**
   * All elements as doubles; 64-bit integers beyond 2⁵³ are rounded, booleans are 0 or 1.
   *
   * @return a copy, row-major
   * @throws UnsupportedInputException if they are no numbers or more than an array holds
   */
  public double[] doubles() {
    requireNumber();
    double[] all = new double[inMemory()];
    whole().run(NpyRuns.doubles(type, all, 0));
    return all;
  }

  /**
   * All elements as texts: without the zeros that fill them up; bytes as UTF-8, and as Latin-1
   * where they are none.
   *
   * @return a copy, row-major
   * @throws UnsupportedInputException if they are no texts or more than an array holds
   */
  public List<String> strings() {
    if (!type.isText()) {
      throw new UnsupportedInputException(
          source.name() + ": only texts are read as texts; its elements are " + type.title());
    }
    String[] all = new String[inMemory()];
    whole().run(NpyRuns.texts(type, all));
    return new ArrayList<>(Arrays.asList(all));
  }

  /**
   * All elements as a tensor of the same type; unsigned integers of 2 and 4 bytes become signed
   * ones of twice the size, those of 8 bytes must fit a signed one.
   *
   * @return a copy
   * @throws UnsupportedInputException if they are no numbers, more than an array holds, or do not
   *     fit
   */
  public Tensor toTensor() {
    requireNumber();
    return NpyRuns.tensor(this, inMemory(), whole(), source.name());
  }
}
