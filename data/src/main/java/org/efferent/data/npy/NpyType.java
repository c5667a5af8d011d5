package org.efferent.data.npy;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;

/**
 * Type of an array's elements: NumPy's dtype.
 *
 * @param kind what an element is
 * @param bytes its size; at least 1
 * @param order byte order of numbers and of each character of {@link Kind#TEXT}
 * @param fields of a {@link Kind#STRUCT}; else none
 */
public record NpyType(Kind kind, int bytes, ByteOrder order, List<Field> fields) {
  private static final Pattern SIMPLE =
      Pattern.compile("([<>|=]?)([?biufcSaUVOMm])(\\d{0,9})(\\[[^\\]]*\\])?");
  private static final int MOST_FIELDS = 10_000;
  private static final int MOST_DEPTH = 16;

  /** What an element is; in parentheses NumPy's letter. */
  public enum Kind {
    /** A byte, 0 or 1 ({@code b}). */
    BOOL,
    /** Signed integer of 1, 2, 4 or 8 bytes ({@code i}). */
    INT,
    /** Unsigned integer of 1, 2, 4 or 8 bytes ({@code u}). */
    UINT,
    /** IEEE 754 number of 2, 4 or 8 bytes ({@code f}). */
    FLOAT,
    /** Two IEEE 754 numbers ({@code c}); its parts are the fields {@code real} and {@code imag}. */
    COMPLEX,
    /** Bytes, filled up with zeros ({@code S}). */
    BYTES,
    /** Characters of 4 bytes, filled up with zeros ({@code U}). */
    TEXT,
    /** A time or duration, its count a signed integer of 8 bytes ({@code M}, {@code m}). */
    TIME,
    /** Bytes without a meaning ({@code V}). */
    RAW,
    /** An object of Python ({@code O}): in a pickle. */
    OBJECT,
    /** A record of fields. */
    STRUCT
  }

  /**
   * One field of a record.
   *
   * @param name its name
   * @param type of its elements
   * @param offset bytes before it
   * @param shape of the array that it is; empty for a single element
   */
  public record Field(String name, NpyType type, int offset, List<Long> shape) {
    /** Copies the list. */
    public Field {
      shape = List.copyOf(shape);
    }
  }

  /** Checks and copies. */
  public NpyType {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(order, "order");
    fields = List.copyOf(fields);
    if (bytes < 1) {
      throw new IllegalArgumentException("an element has at least one byte; bytes=" + bytes);
    }
  }

  /**
   * The type that a description in a header means.
   *
   * @param descr {@code '<f8'}, or a list of {@code (name, descr[, shape])}
   * @param where how errors begin: the file, and what in it
   * @return the type
   * @throws InputException if it is no description
   * @throws UnsupportedInputException if elements of it are not read
   */
  public static NpyType of(Object descr, String where) {
    return of(descr, where, 0);
  }

  private static NpyType of(Object descr, String where, int depth) {
    if (descr instanceof String text) {
      return simple(text, where);
    }
    if (depth < MOST_DEPTH && descr instanceof List<?> list && list.size() <= MOST_FIELDS) {
      return struct(list, where, depth);
    }
    throw new InputException(
        where + ": descr must be a type such as '<f8' or a list of fields; descr=" + shown(descr));
  }

  private static String shown(Object descr) {
    String text = descr instanceof List || descr instanceof java.util.Map ? "a nest" : "" + descr;
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private static NpyType simple(String text, String where) {
    Matcher m = SIMPLE.matcher(text);
    if (!m.matches()) {
      throw new InputException(
          where + ": descr must be a type such as '<f8' or a list of fields; descr=" + shown(text));
    }
    ByteOrder order = m.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    int size = m.group(3).isEmpty() ? 0 : Integer.parseInt(m.group(3));
    Kind kind =
        switch (m.group(2).charAt(0)) {
          case '?', 'b' -> Kind.BOOL;
          case 'i' -> Kind.INT;
          case 'u' -> Kind.UINT;
          case 'f' -> Kind.FLOAT;
          case 'c' -> Kind.COMPLEX;
          case 'S', 'a' -> Kind.BYTES;
          case 'U' -> Kind.TEXT;
          case 'V' -> Kind.RAW;
          case 'O' -> Kind.OBJECT;
          default -> Kind.TIME;
        };
    int bytes =
        switch (kind) {
          case BOOL -> 1;
          case OBJECT -> 8;
          // The count is of characters.
          case TEXT -> size > Integer.MAX_VALUE / 4 ? -1 : size * 4;
          default -> size;
        };
    if (!fits(kind, bytes) || (kind == Kind.BOOL && size > 1)) {
      throw new UnsupportedInputException(
          where + ": elements of type " + shown(text) + " are not read");
    }
    return new NpyType(kind, bytes, order, List.of());
  }

  private static boolean fits(Kind kind, int bytes) {
    return switch (kind) {
      case INT, UINT -> bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
      case FLOAT -> bytes == 2 || bytes == 4 || bytes == 8;
      case COMPLEX -> bytes == 8 || bytes == 16;
      case TIME -> bytes == 8;
      default -> bytes > 0;
    };
  }

  private static NpyType struct(List<?> list, String where, int depth) {
    List<Field> fields = new ArrayList<>();
    long offset = 0;
    for (Object entry : list) {
      if (!(entry instanceof List<?> parts) || parts.size() < 2 || parts.size() > 3) {
        throw new InputException(where + ": a field must be (name, descr) or (name, descr, shape)");
      }
      // A field with a title has the pair (title, name) for its name.
      Object name =
          parts.get(0) instanceof List<?> pair && pair.size() == 2 ? pair.get(1) : parts.get(0);
      NpyType type = of(parts.get(1), where, depth + 1);
      List<Long> shape = parts.size() == 3 ? shape(parts.get(2), where) : List.of();
      if (!(name instanceof String word) || offset > Integer.MAX_VALUE) {
        throw new InputException(where + ": a field must have a name");
      }
      // Padding has no name.
      if (!word.isEmpty()) {
        fields.add(new Field(word, type, (int) offset, shape));
      }
      offset += Math.min(Integer.MAX_VALUE, product(shape, type.bytes(), where));
    }
    return record(fields, offset, where);
  }

  private static List<Long> shape(Object value, String where) {
    List<?> sizes = value instanceof List<?> list ? list : List.of(String.valueOf(value));
    if (value instanceof Long one) {
      sizes = List.of(one);
    }
    List<Long> shape = new ArrayList<>();
    for (Object size : sizes) {
      if (!(size instanceof Long n) || n < 0 || sizes.size() > NpyArray.MOST_AXES) {
        throw new InputException(where + ": the shape of a field must be whole numbers");
      }
      shape.add(n);
    }
    return shape;
  }

  private static long product(List<Long> shape, int bytes, String where) {
    try {
      return Math.multiplyExact(
          NpyArray.elements(shape.stream().mapToLong(Long::longValue).toArray()), (long) bytes);
    } catch (ArithmeticException e) {
      throw new InputException(where + ": a field is too large; shape=" + shape, e);
    }
  }

  /**
   * A record.
   *
   * @param fields its fields
   * @param bytes its size
   * @param where how errors begin
   * @return the type
   * @throws InputException if a field lies outside it
   */
  public static NpyType record(List<Field> fields, long bytes, String where) {
    if (bytes < 1 || bytes > Integer.MAX_VALUE - 16) {
      throw new UnsupportedInputException(
          where + ": a record has 1 to 2147483631 bytes; bytes=" + bytes);
    }
    for (Field field : fields) {
      if (field.offset() < 0
          || field.offset() + product(field.shape(), field.type().bytes(), where) > bytes) {
        throw new InputException(
            where
                + ": field '"
                + field.name()
                + "' lies outside its record of "
                + bytes
                + " bytes");
      }
    }
    return new NpyType(Kind.STRUCT, (int) bytes, ByteOrder.LITTLE_ENDIAN, fields);
  }

  /** Whether elements are read as numbers. */
  public boolean isNumber() {
    return switch (kind) {
      case BOOL, INT, UINT, FLOAT, TIME -> true;
      default -> false;
    };
  }

  /** Whether elements are read as texts. */
  public boolean isText() {
    return kind == Kind.TEXT || kind == Kind.BYTES;
  }

  /** For people: {@code float32}, {@code int64}, {@code text of 12}, {@code record of 3 fields}. */
  public String title() {
    return switch (kind) {
      case BOOL -> "bool";
      case INT -> "int" + 8 * bytes;
      case UINT -> "uint" + 8 * bytes;
      case FLOAT -> "float" + 8 * bytes;
      case COMPLEX -> "complex" + 8 * bytes;
      case BYTES -> "bytes of " + bytes;
      case TEXT -> "text of " + bytes / 4;
      case TIME -> "time";
      case RAW -> "raw bytes of " + bytes;
      case OBJECT -> "objects";
      case STRUCT -> "record of " + fields.size() + " fields";
    };
  }
}
