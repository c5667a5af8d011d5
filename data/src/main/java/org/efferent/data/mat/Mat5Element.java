package org.efferent.data.mat;

import java.nio.ByteBuffer;

/**
 * Data of an element: numbers of one storage type, which may be narrower than the array's class.
 */
final class Mat5Element implements MatArray.Elements {
  private final int type;
  private final ByteBuffer data;

  Mat5Element(int type, ByteBuffer data) {
    this.type = type;
    this.data = data;
  }

  /** Bytes a number of a type; 0 if there is no such type. */
  static int width(int type) {
    return switch (type) {
      case 1, 2, 16 -> 1;
      case 3, 4, 17 -> 2;
      case 5, 6, 7, 18 -> 4;
      case 9, 12, 13 -> 8;
      default -> 0;
    };
  }

  int type() {
    return type;
  }

  /** The bytes, from position 0. */
  ByteBuffer bytes() {
    return data.duplicate().order(data.order());
  }

  /** Numbers in it; none in an array, which is no number. */
  int count() {
    int width = width(type);
    return width == 0 ? 0 : data.limit() / width;
  }

  long longAt(int i) {
    return switch (type) {
      case 1 -> data.get(i);
      case 2, 16 -> data.get(i) & 0xFF;
      case 3 -> data.getShort(2 * i);
      case 4, 17 -> data.getShort(2 * i) & 0xFFFF;
      case 5 -> data.getInt(4 * i);
      case 6, 18 -> Integer.toUnsignedLong(data.getInt(4 * i));
      case 12, 13 -> data.getLong(8 * i);
      default -> (long) at(i);
    };
  }

  private double at(int i) {
    return switch (type) {
      case 7 -> data.getFloat(4 * i);
      case 9 -> data.getDouble(8 * i);
      case 13 -> unsigned(data.getLong(8 * i));
      default -> longAt(i);
    };
  }

  private static double unsigned(long bits) {
    // Beyond 2⁶³ half of it is rounded to odd, so that doubling rounds once.
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }

  @Override
  public void read(long from, int count, double[] into, int offset) {
    for (int i = 0; i < count; i++) {
      into[offset + i] = at((int) from + i);
    }
  }

  String characters() {
    StringBuilder text = new StringBuilder(count());
    for (int i = 0; i < count(); i++) {
      text.append((char) longAt(i));
    }
    return text.toString();
  }
}
