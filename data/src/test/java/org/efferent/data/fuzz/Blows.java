package org.efferent.data.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Small damages: bits, numbers in binary and in text, pieces left out, doubled, moved. */
final class Blows {
  private static final int MOST_BYTES = 1 << 18;
  private static final int MOST_REPEATED = 1 << 16;
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    Byte.MAX_VALUE,
    Short.MAX_VALUE,
    Short.MIN_VALUE,
    65_535,
    65_536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xFFFF_FFF0L,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "1",
          "7",
          "65536",
          "2147483647",
          "2147483648",
          "-2147483649",
          "4294967297",
          "99999999",
          "9223372036854775807",
          "9223372036854775808",
          "1e308",
          "1e999",
          "-1e-320",
          "NaN",
          "inf",
          "1e9999999999",
          "0.000000000000000000000000000001",
          "+",
          "-",
          ".",
          "1,5",
          "0x7f",
          "1_000",
          "");

  private final SplittableRandom random;
  private final int[] places;
  private final byte[] other;
  private final List<byte[]> tokens;

  /**
   * Blows at a file.
   *
   * @param random decides
   * @param places where parts begin
   * @param other another sound file, pieces of which are put in
   * @param tokens words of the format
   */
  Blows(SplittableRandom random, int[] places, byte[] other, List<byte[]> tokens) {
    this.random = random;
    this.places = places;
    this.other = other;
    this.tokens = tokens;
  }

  /** One blow; the array that is given may be changed. */
  byte[] strike(byte[] bytes) {
    if (bytes.length == 0) {
      return random.nextBoolean() ? other.clone() : bytes;
    }
    int at = place(bytes.length);
    return switch (random.nextInt(18)) {
      case 0 -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        yield bytes;
      }
      case 1 -> {
        bytes[at] = (byte) random.nextInt(256);
        yield bytes;
      }
      case 2 -> noise(bytes, at);
      case 3, 4 -> binary(bytes, at, EXTREMES[random.nextInt(EXTREMES.length)]);
      case 5 -> nudge(bytes, at);
      case 6 -> binary(bytes, at, related(bytes.length, at));
      case 7 -> digits(bytes, at);
      case 8 -> number(bytes, at);
      case 9 -> without(bytes, at, piece(bytes.length, at));
      case 10 -> insert(bytes, at, Arrays.copyOfRange(bytes, at, at + piece(bytes.length, at)));
      case 11 -> repeat(bytes, at);
      case 12 -> swap(bytes, at);
      case 13 -> fill(bytes, at);
      case 14 -> Arrays.copyOf(bytes, at);
      case 15 -> token(bytes, at, true);
      case 16 -> token(bytes, at, false);
      default -> foreign(bytes, at);
    };
  }

  /** Half of all blows fall on the beginning, where headers are, or where a part begins. */
  private int place(int length) {
    int kind = random.nextInt(4);
    if (kind == 0) {
      return random.nextInt(Math.min(length, 512));
    }
    if (kind == 1 && places.length > 0) {
      int at = places[random.nextInt(places.length)] + random.nextInt(-1, 13);
      return Math.max(0, Math.min(length - 1, at));
    }
    return random.nextInt(length);
  }

  /** Length of a piece: to the next part or a few behind it, or any. */
  private int piece(int length, int at) {
    if (places.length > 0 && random.nextBoolean()) {
      int next = Arrays.binarySearch(places, at + 1);
      next = (next < 0 ? -next - 1 : next) + random.nextInt(3);
      if (next < places.length && places[next] <= length) {
        return places[next] - at;
      }
    }
    return Math.min(length - at, 1 + random.nextInt(random.nextBoolean() ? 16 : 512));
  }

  private byte[] noise(byte[] bytes, int at) {
    byte[] noise = new byte[Math.min(bytes.length - at, 1 + random.nextInt(64))];
    random.nextBytes(noise);
    System.arraycopy(noise, 0, bytes, at, noise.length);
    return bytes;
  }

  private byte[] binary(byte[] bytes, int at, long value) {
    int width = 1 << random.nextInt(1, 4);
    boolean little = random.nextBoolean();
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >> (8 * (little ? i : width - 1 - i)));
    }
    return bytes;
  }

  /** A number made a little more, or the double, the half, the negative. */
  private byte[] nudge(byte[] bytes, int at) {
    int width = 1 << random.nextInt(4);
    if (at + width > bytes.length) {
      return bytes;
    }
    boolean little = random.nextBoolean();
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (bytes[at + i] & 0xFFL) << (8 * (little ? i : width - 1 - i));
    }
    long changed =
        switch (random.nextInt(5)) {
          case 0 -> value + random.nextInt(-4, 5);
          case 1 -> value * 2;
          case 2 -> value / 2;
          case 3 -> -value;
          default -> value << 8;
        };
    for (int i = 0; i < width; i++) {
      bytes[at + i] = (byte) (changed >> (8 * (little ? i : width - 1 - i)));
    }
    return bytes;
  }

  /** A size that nearly fits. */
  private long related(int length, int at) {
    long base =
        switch (random.nextInt(5)) {
          case 0 -> length;
          case 1 -> length - at;
          case 2 -> at;
          case 3 -> places.length > 0 ? places[random.nextInt(places.length)] : length / 2;
          default -> (length - at) / (1 << random.nextInt(1, 4));
        };
    return base + random.nextInt(-9, 10);
  }

  /** Digits in text from a place on, made others. */
  private byte[] digits(byte[] bytes, int at) {
    String others = "0123456789-.eE, ";
    for (int i = at; i < bytes.length && i < at + 200; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        bytes[i] = (byte) others.charAt(random.nextInt(others.length()));
        if (random.nextInt(3) > 0) {
          return bytes;
        }
      }
    }
    return bytes;
  }

  /** A number in text made an extreme one, in its place or longer. */
  private byte[] number(byte[] bytes, int at) {
    int from = at;
    while (from < bytes.length && (bytes[from] < '0' || bytes[from] > '9')) {
      from++;
    }
    int to = from;
    while (to < bytes.length && "0123456789.+-eE".indexOf(bytes[to]) >= 0) {
      to++;
    }
    if (from == to) {
      return bytes;
    }
    byte[] text = NUMBERS.get(random.nextInt(NUMBERS.size())).getBytes(StandardCharsets.ISO_8859_1);
    if (random.nextBoolean()) {
      return insert(without(bytes, from, to - from), from, text);
    }
    for (int i = 0; i < 8 && from + i < bytes.length; i++) {
      bytes[from + i] = i < text.length ? text[i] : (byte) ' ';
    }
    return bytes;
  }

  private static byte[] without(byte[] bytes, int at, int length) {
    byte[] less = new byte[bytes.length - length];
    System.arraycopy(bytes, 0, less, 0, at);
    System.arraycopy(bytes, at + length, less, at, less.length - at);
    return less;
  }

  static byte[] insert(byte[] bytes, int at, byte[] piece) {
    if (bytes.length + piece.length > MOST_BYTES) {
      return bytes;
    }
    byte[] more = new byte[bytes.length + piece.length];
    System.arraycopy(bytes, 0, more, 0, at);
    System.arraycopy(piece, 0, more, at, piece.length);
    System.arraycopy(bytes, at, more, at + piece.length, bytes.length - at);
    return more;
  }

  /** A small piece many times: endless lists, deep nests. */
  private byte[] repeat(byte[] bytes, int at) {
    int length = Math.min(piece(bytes.length, at), 1 + random.nextInt(200));
    int times = Math.min(MOST_REPEATED / length, 2 + random.nextInt(1 << random.nextInt(1, 17)));
    byte[] piece = new byte[length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(bytes, at, piece, i * length, length);
    }
    return insert(bytes, at, piece);
  }

  private byte[] swap(byte[] bytes, int at) {
    byte[] piece = Arrays.copyOfRange(bytes, at, at + piece(bytes.length, at));
    byte[] rest = without(bytes, at, piece.length);
    return insert(rest, rest.length == 0 ? 0 : place(rest.length), piece);
  }

  private byte[] fill(byte[] bytes, int at) {
    byte value = (byte) " \0\u00FF0\n(".charAt(random.nextInt(6));
    Arrays.fill(bytes, at, at + piece(bytes.length, at), value);
    return bytes;
  }

  private byte[] token(byte[] bytes, int at, boolean insert) {
    if (tokens.isEmpty()) {
      return noise(bytes, at);
    }
    byte[] token = tokens.get(random.nextInt(tokens.size()));
    if (insert) {
      return insert(bytes, at, token);
    }
    System.arraycopy(token, 0, bytes, at, Math.min(token.length, bytes.length - at));
    return bytes;
  }

  private byte[] foreign(byte[] bytes, int at) {
    if (other.length == 0) {
      return bytes;
    }
    int from = random.nextInt(other.length);
    int to = Math.min(other.length, from + 1 + random.nextInt(256));
    byte[] piece = Arrays.copyOfRange(other, from, to);
    if (random.nextBoolean()) {
      return insert(bytes, at, piece);
    }
    System.arraycopy(piece, 0, bytes, at, Math.min(piece.length, bytes.length - at));
    return bytes;
  }
}
