package org.efferent.data.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.ToLongBiFunction;
import java.util.stream.IntStream;

/** Where the parts of a sound file begin: cuts, lies and splices there say more than elsewhere. */
@FunctionalInterface
public interface Structure {
  /** Nothing is known. */
  Structure NONE = bytes -> new int[0];

  /** Lines and fields of text. */
  Structure TEXT =
      bytes ->
          IntStream.range(1, bytes.length + 1)
              .filter(i -> "\n\t,;:=|{}[]()<>\" ".indexOf(bytes[i - 1]) >= 0)
              .toArray();

  /**
   * The places.
   *
   * @param bytes a sound file
   * @return positions in ascending order
   */
  int[] of(byte[] bytes);

  /** The places of both. */
  default Structure and(Structure other) {
    return bytes ->
        IntStream.concat(IntStream.of(of(bytes)), IntStream.of(other.of(bytes)))
            .sorted()
            .distinct()
            .toArray();
  }

  /** Parts of one length. */
  static Structure every(int first, int step) {
    return bytes ->
        bytes.length < first
            ? new int[0]
            : IntStream.iterate(first, i -> i <= bytes.length, i -> i + step).toArray();
  }

  /** Parts that begin with words. */
  static Structure words(String... words) {
    return bytes -> {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      return IntStream.range(0, bytes.length)
          .filter(i -> IntStream.range(0, words.length).anyMatch(w -> text.startsWith(words[w], i)))
          .toArray();
    };
  }

  /**
   * Parts that say where the next one is.
   *
   * @param first where the first one is
   * @param next where the part after the one at a position is
   */
  static Structure chain(int first, ToLongBiFunction<ByteBuffer, Integer> next) {
    return bytes -> {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      IntStream.Builder places = IntStream.builder();
      long at = first;
      while (at >= 0 && at < bytes.length) {
        places.add((int) at);
        long after;
        try {
          after = next.applyAsLong(in, (int) at);
        } catch (IndexOutOfBoundsException e) {
          break;
        }
        if (after <= at) {
          break;
        }
        at = after;
      }
      return places.build().toArray();
    };
  }
}
