package org.efferent.data.mat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;

/**
 * Parses array elements of level 5 (MAT-File Format, "miMATRIX"). Every size is checked against the
 * bytes that are there before anything is made of it.
 */
final class Mat5Parser {
  private static final int DEEPEST = 64;
  private static final int MATRIX = 14;

  /** Elements of a sparse array that is made full whatever it holds. */
  private static final long FULL = 1L << 16;

  private final String file;
  private final String where;

  Mat5Parser(String file, String where) {
    this.file = file;
    this.where = where;
  }

  InputException damaged(String rule) {
    return new InputException("%s: %s: %s; it is damaged".formatted(file, where, rule));
  }

  /** What the array is of which this is the body; the position is after its name. */
  Mat5Head head(ByteBuffer in) {
    Mat5Element flags = numeric(in);
    if (flags.count() < 1 || flags.type() != 6) {
      throw damaged("the array's flags must be uint32; type=" + flags.type());
    }
    int word = (int) flags.longAt(0);
    int type = word & 0xFF;
    if (type < 1 || type > 17) {
      throw damaged("the array's class must be 1 to 17; class=" + type);
    }
    boolean logical = (word & 0x200) != 0 && type >= 6 && type <= 15;
    boolean complex = (word & 0x800) != 0;
    if (type == 17) {
      return new Mat5Head(type, false, false, new long[] {1, 1}, text(element(in)));
    }
    Mat5Element sizes = numeric(in);
    if (sizes.count() < 2 || sizes.count() > 32) {
      throw damaged("an array has 2 to 32 sizes; sizes=" + sizes.count());
    }
    long[] shape = new long[sizes.count()];
    long product = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = sizes.longAt(i);
      if (shape[i] < 0 || (shape[i] > 0 && product > Integer.MAX_VALUE * 4L / shape[i])) {
        throw damaged("the array's sizes must not be negative or overflow; size=" + shape[i]);
      }
      product *= shape[i];
    }
    return new Mat5Head(type, logical, complex, shape, text(element(in)));
  }

  MatValue value(ByteBuffer body) {
    return value(body, 0);
  }

  private MatValue value(ByteBuffer in, int depth) {
    if (!in.hasRemaining()) {
      return empty();
    }
    if (depth > DEEPEST) {
      throw damaged("values must not be nested deeper than " + DEEPEST);
    }
    Mat5Head head = head(in);
    return switch (head.type()) {
      case 1 -> {
        List<MatValue> cells = children(in, head.elements(), depth);
        yield new MatCell(head.shape(), cells::get);
      }
      case 2 -> struct(in, head, depth);
      case 4 -> new MatText(head.shape(), characters(in, head));
      case 5 -> sparse(in, head);
      case 3, 16, 17 -> new MatOther(head.className());
      default -> numbers(in, head);
    };
  }

  private MatArray empty() {
    return new MatArray("double", new long[] {0, 0}, false, (f, c, i, o) -> {}, file);
  }

  private MatArray numbers(ByteBuffer in, Mat5Head head) {
    Mat5Element data = numeric(in);
    if (data.count() != head.elements()) {
      throw damaged(
          "an array must have as many values as its sizes say; values=%d, sizes=%d"
              .formatted(data.count(), head.elements()));
    }
    return new MatArray(head.className(), head.shape(), head.complex(), data, file + ": " + where);
  }

  private String characters(ByteBuffer in, Mat5Head head) {
    if (head.elements() == 0) {
      return "";
    }
    Mat5Element data = numeric(in);
    // UTF-8 is the one encoding here whose units are not one a character.
    String text =
        data.type() == 16
            ? StandardCharsets.UTF_8.decode(data.bytes()).toString()
            : data.characters();
    if (text.length() != head.elements()) {
      throw damaged(
          "an array must have as many characters as its sizes say; characters=%d, sizes=%d"
              .formatted(text.length(), head.elements()));
    }
    return text;
  }

  /** Compressed columns become a full array when they are asked for. */
  private MatArray sparse(ByteBuffer in, Mat5Head head) {
    Mat5Element rows = numeric(in);
    Mat5Element starts = numeric(in);
    Mat5Element data = numeric(in);
    if (head.shape().length != 2 || starts.count() != head.shape()[1] + 1) {
      throw damaged("a sparse array must have a start a column; starts=" + starts.count());
    }
    if (head.elements() > FULL + 1000L * data.count()) {
      throw new UnsupportedInputException(
          "%s: %s: a sparse array of %d elements with %d values is too large to be made full"
              .formatted(file, where, head.elements(), data.count()));
    }
    Mat5Sparse sparse = new Mat5Sparse(head.shape()[0], rows, starts, data);
    if (!sparse.sound()) {
      throw damaged("a sparse array's indices must lie within it and its columns ascend");
    }
    return new MatArray("sparse double", head.shape(), head.complex(), sparse, file + ": " + where);
  }

  private MatStruct struct(ByteBuffer in, Mat5Head head, int depth) {
    Mat5Element width = numeric(in);
    Mat5Element names = element(in);
    int length = width.count() < 1 ? 0 : (int) width.longAt(0);
    if (length < 1 || length > 4096) {
      throw damaged("names of fields must have 1 to 4096 bytes; bytes=" + length);
    }
    byte[] all = new byte[names.bytes().remaining()];
    names.bytes().get(all);
    List<String> fields = new ArrayList<>();
    for (int at = 0; at + length <= all.length; at += length) {
      int end = at;
      while (end < at + length && all[end] != 0) {
        end++;
      }
      fields.add(new String(all, at, end - at, StandardCharsets.UTF_8));
    }
    long count = fields.isEmpty() ? 0 : Math.multiplyExact(head.elements(), fields.size());
    List<MatValue> values = children(in, count, depth);
    int width2 = fields.size();
    return new MatStruct(head.shape(), fields, (e, f) -> values.get(e * width2 + f));
  }

  private List<MatValue> children(ByteBuffer in, long count, int depth) {
    if (count > in.remaining() / 8) {
      throw damaged(
          "%d values do not fit into the %d bytes that are left".formatted(count, in.remaining()));
    }
    List<MatValue> values = new ArrayList<>((int) count);
    for (long i = 0; i < count; i++) {
      Mat5Element child = element(in);
      if (child.type() != MATRIX) {
        throw damaged("a value in a cell or field must be of type 14; type=" + child.type());
      }
      values.add(value(child.bytes(), depth + 1));
    }
    return values;
  }

  private static String text(Mat5Element element) {
    ByteBuffer bytes = element.bytes();
    byte[] text = new byte[bytes.remaining()];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8).strip().replace("\0", "");
  }

  /** The next element, which holds numbers or characters and no array. */
  private Mat5Element numeric(ByteBuffer in) {
    Mat5Element element = element(in);
    if (element.type() == MATRIX) {
      throw damaged("numbers must be of a numeric type; type=" + MATRIX);
    }
    return element;
  }

  /** The next element; the position is then after its padding. */
  private Mat5Element element(ByteBuffer in) {
    if (in.remaining() < 8) {
      throw damaged("an element must have a tag of 8 bytes; bytes left=" + in.remaining());
    }
    int start = in.position();
    int first = in.getInt();
    long bytes;
    int data;
    int next;
    // The small format: size and type share the first word, the data is in the second.
    if ((first >>> 16) != 0) {
      bytes = Integer.toUnsignedLong(first) >>> 16;
      data = start + 4;
      next = start + 8;
      first &= 0xFFFF;
      if (bytes > 4) {
        throw damaged("a small element has at most 4 bytes; bytes=" + bytes);
      }
    } else {
      bytes = Integer.toUnsignedLong(in.getInt());
      data = start + 8;
      if (bytes > in.remaining()) {
        throw damaged(
            "an element of %d bytes is longer than the %d that are left"
                .formatted(bytes, in.remaining()));
      }
      next = (int) Math.min(in.limit(), data + (bytes + 7) / 8 * 8);
    }
    in.position(next);
    ByteBuffer slice = in.slice(data, (int) bytes).order(in.order());
    if (first != MATRIX && Mat5Element.width(first) == 0) {
      throw damaged("an element's type must be one of level 5; type=" + first);
    }
    return new Mat5Element(first, slice);
  }
}
