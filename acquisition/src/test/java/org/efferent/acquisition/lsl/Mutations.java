package org.efferent.acquisition.lsl;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Sound messages, damaged in all ways. How many cases: system property {@code efferent.fuzz}, some
 * hundred in every build. A case is repeatable: its number is its seed.
 */
final class Mutations {
  private static final ThreadMXBean THREADS =
      (ThreadMXBean) ManagementFactory.getPlatformMXBean(java.lang.management.ThreadMXBean.class);
  private static final long FREE_BYTES = 32L << 20;
  private static final long BYTES_PER_BYTE = 400;
  private static final long FREE_NANOS = 5_000_000_000L;
  private static final String[] WORDS = {
    "-1",
    "0",
    "2147483648",
    "99999999999999999999",
    "NaN",
    "1e308",
    "Infinity",
    "<",
    ">",
    "&",
    "&#0;",
    "\r\n",
    "\n",
    "\0",
    "]]>",
    "<!DOCTYPE a>",
    "<a>",
    "</a>",
    ":",
    ";",
    " ",
    "'",
    "\"",
    "\u00e9",
    "LSL/110 404 Not found",
    "Data-Protocol-Version: 100\r\n",
    "Byte-Order: 4321\r\n"
  };

  private Mutations() {}

  /** What is done to a damaged message. */
  @FunctionalInterface
  interface Body {
    /** Takes it, or refuses it as it should; anything else is a defect. */
    void take(Random random, byte[] bytes) throws Exception;
  }

  /** Runs cases in this thread, which may not take more memory or time than they justify. */
  static void hunt(List<byte[]> seeds, Body body) {
    int cases = Integer.getInteger("efferent.fuzz", 300);
    int first = Integer.getInteger("efferent.fuzz.first", 0);
    for (int i = first; i < first + cases; i++) {
      Random random = new Random(i);
      byte[] bytes = mutate(seeds.get(random.nextInt(seeds.size())), random);
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      try {
        body.take(random, bytes);
      } catch (Exception | Error e) {
        throw failure(i, e.toString(), bytes, e);
      }
      long used = THREADS.getCurrentThreadAllocatedBytes() - allocated;
      if (used > FREE_BYTES + BYTES_PER_BYTE * bytes.length) {
        throw failure(i, used + " bytes allocated for " + bytes.length, bytes, null);
      }
      long nanos = System.nanoTime() - start;
      if (nanos > FREE_NANOS) {
        throw failure(i, nanos / 1_000_000 + " ms for " + bytes.length + " bytes", bytes, null);
      }
    }
  }

  private static AssertionError failure(int number, String what, byte[] bytes, Throwable cause) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return new AssertionError(
        "case %d: %s; repeat with -Defferent.fuzz.first=%d -Defferent.fuzz=1; %s"
            .formatted(number, what, number, text.substring(0, Math.min(300, text.length()))),
        cause);
  }

  private static byte[] mutate(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int i = random.nextInt(5); i >= 0 && bytes.length > 0; i--) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(64));
    switch (random.nextInt(10)) {
      case 0 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] = (byte) random.nextInt(256);
      case 3 -> {
        for (int i = 0; i < length; i++) {
          bytes[at + i] = (byte) random.nextInt(256);
        }
      }
      case 4 -> {
        return splice(bytes, at, length, new byte[0]); // a piece left out
      }
      case 5 -> {
        return splice(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length)); // said twice
      }
      case 6, 7 -> {
        byte[] word = WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.UTF_8);
        return splice(bytes, at, random.nextBoolean() ? 0 : Math.min(length, word.length), word);
      }
      case 8 -> digits(bytes, at, random);
      default -> {
        byte[] many = new byte[length * (1 + random.nextInt(100))];
        Arrays.fill(many, bytes[at]);
        return splice(bytes, at, 0, many);
      }
    }
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int at, int without, byte[] with) {
    byte[] made = new byte[bytes.length - without + with.length];
    System.arraycopy(bytes, 0, made, 0, at);
    System.arraycopy(with, 0, made, at, with.length);
    System.arraycopy(bytes, at + without, made, at + with.length, bytes.length - at - without);
    return made;
  }

  private static void digits(byte[] bytes, int at, Random random) {
    String others = "0123456789-.eE, ";
    for (int i = at; i < bytes.length; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        bytes[i] = (byte) others.charAt(random.nextInt(others.length()));
        if (random.nextInt(3) > 0) {
          return;
        }
      }
    }
  }
}
