package org.efferent.data.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;

/**
 * What an {@code .npy} begins with: {@code \x93NUMPY}, version, length of the header (2 bytes in
 * 1.0, 4 after), and the header: a dict of Python with {@code descr}, {@code fortran_order} and
 * {@code shape}, Latin-1 or (3.0) UTF-8.
 */
record NpyHeader(NpyType type, boolean fortran, List<Long> shape, long data) {
  /** No real header is nearly as long. */
  private static final int MOST_BYTES = 1 << 20;

  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Bytes by position: of a file, a part of one, or of memory. */
  interface Input {
    /** Bytes in all. */
    long size();

    /** Some bytes, all of which are there; little-endian. */
    ByteBuffer read(long at, int bytes);
  }

  long[] sizes() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  static NpyHeader read(String name, Input in) {
    ByteBuffer start = in.read(0, (int) Math.min(12, in.size()));
    if (start.limit() < 10 || !isMagic(start)) {
      throw new InputException(
          name
              + ": byte 0: an NPY file begins with 93 4e 55 4d 50 59 ('\\x93NUMPY') and a version");
    }
    int major = start.get(6) & 0xFF;
    if (major < 1 || major > 3) {
      throw new UnsupportedInputException(
          "%s: byte 6: NPY versions 1 to 3 are read; version=%d.%d"
              .formatted(name, major, start.get(7) & 0xFF));
    }
    int width = major == 1 ? 2 : 4;
    long length =
        start.limit() < 8 + width
            ? -1
            : major == 1 ? start.getShort(8) & 0xFFFF : start.getInt(8) & 0xFFFFFFFFL;
    if (length < 0 || length > in.size() - 8 - width) {
      throw new InputException(
          name + ": byte 8: the header reaches beyond the end of the file; the file is truncated");
    }
    if (length > MOST_BYTES) {
      throw new UnsupportedInputException(
          "%s: byte 8: headers of up to %d bytes are read; bytes=%d"
              .formatted(name, MOST_BYTES, length));
    }
    byte[] bytes = new byte[(int) length];
    in.read(8 + width, bytes.length).get(bytes);
    String text =
        new String(bytes, major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    return of(name, text, 8L + width + length);
  }

  private static boolean isMagic(ByteBuffer start) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (start.get(i) != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  private static NpyHeader of(String name, String text, long data) {
    Object parsed;
    try {
      parsed = PyLiteral.parse(text);
    } catch (PyLiteral.SyntaxException e) {
      throw new InputException(name + ": the header must be a dict: " + e.getMessage(), e);
    }
    if (!(parsed instanceof Map<?, ?> map)
        || !(map.get("fortran_order") instanceof Boolean fortran)
        || !map.containsKey("descr")
        || !map.containsKey("shape")) {
      throw new InputException(
          name + ": the header must be a dict with descr, fortran_order and shape");
    }
    return new NpyHeader(
        NpyType.of(map.get("descr"), name + ": header"),
        fortran,
        shape(name, map.get("shape")),
        data);
  }

  static List<Long> shape(String name, Object value) {
    if (!(value instanceof List<?> sizes)
        || sizes.size() > NpyArray.MOST_AXES
        || !sizes.stream().allMatch(s -> s instanceof Long n && n >= 0)) {
      throw new InputException(
          name
              + ": the shape must be up to "
              + NpyArray.MOST_AXES
              + " whole numbers, not negative");
    }
    return sizes.stream().map(Long.class::cast).toList();
  }

  /** A header as NumPy writes it: all before the data is a multiple of 64 bytes. */
  static byte[] write(String descr, long[] shape) {
    StringBuilder text =
        new StringBuilder("{'descr': '" + descr + "', 'fortran_order': False, 'shape': (");
    for (int i = 0; i < shape.length; i++) {
      text.append(shape[i]).append(i + 1 < shape.length ? ", " : shape.length == 1 ? "," : "");
    }
    text.append("), }");
    // NumPy leaves room for the first size to grow to 21 digits.
    if (shape.length > 0) {
      text.append(" ".repeat(Math.max(0, 21 - Long.toString(shape[0]).length())));
    }
    boolean one = text.length() + 1 + 10 + 64 < 65_536;
    int before = one ? 10 : 12;
    // As NumPy: what is already a multiple of 64 gets 64 blanks.
    text.append(" ".repeat(64 - (before + text.length() + 1) % 64)).append('\n');
    ByteBuffer out = ByteBuffer.allocate(before + text.length()).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).put((byte) (one ? 1 : 2)).put((byte) 0);
    if (one) {
      out.putShort((short) text.length());
    } else {
      out.putInt(text.length());
    }
    return out.put(text.toString().getBytes(StandardCharsets.ISO_8859_1)).array();
  }
}
