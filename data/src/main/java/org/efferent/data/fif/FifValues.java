package org.efferent.data.fif;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;

/** What a tag holds, as numbers, text or a matrix. */
final class FifValues {
  private FifValues() {}

  /** The data of a tag. */
  static ByteBuffer bytes(FifInput in, FifTag tag) {
    return in.read(tag.at(), tag.size(), "tag " + tag.kind());
  }

  /** The data of a tag that must have some length. */
  static ByteBuffer bytes(FifInput in, FifTag tag, int least) {
    if (tag.size() < least) {
      throw new InputException(
          "%s: tag %d at byte %d: must have at least %d bytes; it has %d"
              .formatted(in.name(), tag.kind(), tag.at() - 16, least, tag.size()));
    }
    return in.read(tag.at(), least, "tag " + tag.kind());
  }

  static int integer(FifInput in, FifTag tag) {
    return switch (tag.type()) {
      case Fiff.T_SHORT -> bytes(in, tag, 2).getShort(0);
      case Fiff.T_USHORT -> bytes(in, tag, 2).getShort(0) & 0xffff;
      default -> bytes(in, tag, 4).getInt(0);
    };
  }

  static double number(FifInput in, FifTag tag) {
    return switch (tag.type()) {
      case Fiff.T_DOUBLE -> bytes(in, tag, 8).getDouble(0);
      case Fiff.T_INT, Fiff.T_SHORT, Fiff.T_UINT, Fiff.T_USHORT -> integer(in, tag);
      default -> bytes(in, tag, 4).getFloat(0);
    };
  }

  /** Text; FIFF writes ISO 8859-1. */
  static String text(FifInput in, FifTag tag) {
    String all = StandardCharsets.ISO_8859_1.decode(bytes(in, tag)).toString();
    int end = all.indexOf('\0');
    return end < 0 ? all : all.substring(0, end);
  }

  /** Names between colons; MNE writes a colon within a name as {@code {COLON}}. */
  static List<String> names(FifInput in, FifTag tag) {
    List<String> names = new ArrayList<>();
    String all = text(in, tag);
    if (all.isEmpty()) {
      return names;
    }
    for (String name : all.split(":", -1)) {
      names.add(name.replace("{COLON}", ":"));
    }
    return names;
  }

  /** Bytes of one number of a type; 0 for types that are not rows of real numbers. */
  static int width(int type) {
    return switch (type & 0xffff) {
      case Fiff.T_BYTE -> 1;
      case Fiff.T_SHORT, Fiff.T_USHORT, Fiff.T_DAU_PACK16 -> 2;
      case Fiff.T_INT, Fiff.T_UINT, Fiff.T_FLOAT, Fiff.T_JULIAN -> 4;
      case Fiff.T_DOUBLE -> 8;
      default -> 0;
    };
  }

  /** All numbers of a tag; of a dense matrix too, without its dimensions. */
  static double[] numbers(FifInput in, FifTag tag) {
    if (tag.type() == Fiff.T_OLD_PACK) {
      return oldPack(bytes(in, tag, Math.max(8, tag.size())));
    }
    int width = width(tag.type());
    int coding = tag.type() & 0xffff_0000;
    if (width == 0 || (coding != 0 && coding != Fiff.DENSE)) {
      throw new UnsupportedInputException(
          "%s: tag %d at byte %d: numbers of type %d are not read"
              .formatted(in.name(), tag.kind(), tag.at() - 16, tag.type()));
    }
    int count = tag.size() / width;
    if (coding == Fiff.DENSE) {
      count = 1;
      for (int d : dimensions(in, tag)) {
        count *= d;
      }
    }
    ByteBuffer bytes = in.read(tag.at(), count * width, "tag " + tag.kind());
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (tag.type() & 0xffff) {
            case Fiff.T_BYTE -> bytes.get(i) & 0xff;
            case Fiff.T_USHORT -> bytes.getShort(2 * i) & 0xffff;
            case Fiff.T_SHORT, Fiff.T_DAU_PACK16 -> bytes.getShort(2 * i);
            case Fiff.T_UINT -> bytes.getInt(4 * i) & 0xffff_ffffL;
            case Fiff.T_FLOAT -> bytes.getFloat(4 * i);
            case Fiff.T_DOUBLE -> bytes.getDouble(8 * i);
            default -> bytes.getInt(4 * i);
          };
    }
    return values;
  }

  /** Offset, scale, then short numbers. */
  private static double[] oldPack(ByteBuffer bytes) {
    double offset = bytes.getFloat(0);
    double scale = bytes.getFloat(4);
    double[] values = new double[(bytes.limit() - 8) / 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getShort(8 + 2 * i) * scale + offset;
    }
    return values;
  }

  /**
   * Dimensions of a dense matrix, slowest first: they are written after the values, fastest first,
   * and then their number. Checked: so many values fit in the tag.
   */
  static int[] dimensions(FifInput in, FifTag tag) {
    int count = tag.size() < 8 ? 0 : in.read(tag.at() + tag.size() - 4, 4, "a matrix").getInt(0);
    if ((tag.type() & 0xffff_0000) != Fiff.DENSE
        || count < 1
        || count > 3
        || tag.size() < 4 * (count + 1)) {
      throw new UnsupportedInputException(
          "%s: tag %d at byte %d: a dense matrix of 1 to 3 dimensions is read; type=%d, dimensions=%d"
              .formatted(in.name(), tag.kind(), tag.at() - 16, tag.type(), count));
    }
    int room = tag.size() - 4 * (count + 1);
    ByteBuffer sizes = in.read(tag.at() + room, 4 * count, "dimensions of a matrix");
    int[] dimensions = new int[count];
    long values = 1;
    boolean sound = true;
    for (int i = 0; i < count; i++) {
      int d = sizes.getInt(4 * (count - 1 - i));
      sound &= d >= 0 && d <= room;
      dimensions[i] = d;
      values = sound ? values * d : 0;
      sound &= values <= room;
    }
    if (!sound || values * Math.max(1, width(tag.type())) > room) {
      throw new InputException(
          "%s: tag %d at byte %d: its matrix is larger than its %d bytes; the file is damaged"
              .formatted(in.name(), tag.kind(), tag.at() - 16, tag.size()));
    }
    return dimensions;
  }
}
