package org.efferent.data.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.efferent.core.EfferentException;

/**
 * Feeds a reader mutations of sound files: truncated, lying, huge and random ones. A reader may
 * accept or refuse with an {@link EfferentException}; anything else is a defect: another exception,
 * more memory than the file justifies, more time than it justifies.
 *
 * <p>How many cases: system property {@code efferent.fuzz}, a few hundred in every build. A case is
 * repeatable: its number is its seed.
 */
public final class ReaderFuzz {
  private static final long FREE_BYTES = 32L << 20;
  private static final long BYTES_PER_BYTE = 400;
  private static final long FREE_NANOS = 2_000_000_000L;

  private final String extension;
  private final List<byte[]> seeds;
  private final Consumer<Path> reader;

  /**
   * A hunt.
   *
   * @param extension of the files that are made, with the point
   * @param seeds sound files, small ones
   * @param reader opens a file, reads all of it, closes it
   */
  public ReaderFuzz(String extension, List<byte[]> seeds, Consumer<Path> reader) {
    this.extension = extension;
    this.seeds = List.copyOf(seeds);
    this.reader = reader;
  }

  /**
   * Runs as many cases as the property says.
   *
   * @param folder where the files are made
   * @return cases that the reader accepted
   */
  public int run(Path folder) throws IOException {
    int cases = Integer.getInteger("efferent.fuzz", 300);
    int first = Integer.getInteger("efferent.fuzz.first", 0);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Path file = folder.resolve("case" + extension);
    for (byte[] seed : seeds) {
      Files.write(file, seed);
      reader.accept(file);
    }
    int accepted = 0;
    for (int i = first; i < first + cases; i++) {
      byte[] bytes = mutate(new Random(i));
      Files.write(file, bytes);
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      try {
        reader.accept(file);
        accepted++;
      } catch (EfferentException e) {
        if (e.getMessage() == null || e.getMessage().isBlank()) {
          throw failure(i, "refused without a word", e);
        }
      } catch (RuntimeException | Error e) {
        throw failure(i, "broke the reader: " + e, e);
      }
      long used = threads.getCurrentThreadAllocatedBytes() - allocated;
      if (used > FREE_BYTES + BYTES_PER_BYTE * bytes.length) {
        throw failure(i, "made the reader allocate " + used + " bytes for " + bytes.length, null);
      }
      long nanos = System.nanoTime() - start;
      if (nanos > FREE_NANOS + 10_000L * bytes.length) {
        throw failure(i, "took " + nanos / 1_000_000 + " ms for " + bytes.length + " bytes", null);
      }
    }
    return accepted;
  }

  private AssertionError failure(int number, String what, Throwable cause) {
    return new AssertionError(
        "case %d of %s %s; repeat with -Defferent.fuzz.first=%d -Defferent.fuzz=1"
            .formatted(number, extension, what, number),
        cause);
  }

  private byte[] mutate(Random random) {
    byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times && bytes.length > 0; i++) {
      bytes = mutateOnce(bytes, random);
    }
    return bytes;
  }

  private static byte[] mutateOnce(byte[] bytes, Random random) {
    // Headers say the most, so half of all blows fall on the beginning.
    int reach = random.nextBoolean() ? Math.min(bytes.length, 512) : bytes.length;
    int at = random.nextInt(reach);
    switch (random.nextInt(8)) {
      case 0 -> {
        return java.util.Arrays.copyOf(bytes, at);
      }
      case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] = (byte) random.nextInt(256);
      case 3 -> lie(bytes, at, random);
      case 4 -> {
        int length = Math.min(bytes.length - at, 1 + random.nextInt(64));
        for (int i = 0; i < length; i++) {
          bytes[at + i] = (byte) random.nextInt(256);
        }
      }
      case 5 -> digits(bytes, at, random);
      case 6 -> {
        // A piece left out.
        int length = Math.min(bytes.length - at, 1 + random.nextInt(256));
        byte[] less = new byte[bytes.length - length];
        System.arraycopy(bytes, 0, less, 0, at);
        System.arraycopy(bytes, at + length, less, at, less.length - at);
        return less;
      }
      default -> {
        // A piece said twice.
        int length = Math.min(bytes.length - at, 1 + random.nextInt(256));
        byte[] more = new byte[bytes.length + length];
        System.arraycopy(bytes, 0, more, 0, at + length);
        System.arraycopy(bytes, at, more, at + length, bytes.length - at);
        return more;
      }
    }
    return bytes;
  }

  /** A number in binary that is huge, negative or nothing. */
  private static void lie(byte[] bytes, int at, Random random) {
    int width = List.of(2, 4, 8).get(random.nextInt(3));
    long value =
        new long[] {
              0,
              -1,
              Integer.MAX_VALUE,
              Integer.MIN_VALUE,
              Long.MAX_VALUE,
              Long.MIN_VALUE,
              0x7FFF,
              65_536
            }
            [random.nextInt(8)];
    boolean little = random.nextBoolean();
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      int shift = 8 * (little ? i : width - 1 - i);
      bytes[at + i] = (byte) (value >> shift);
    }
  }

  /** The digits of a number in text from a place on, made others. */
  private static void digits(byte[] bytes, int at, Random random) {
    String others = "0123456789-.eE, ";
    for (int i = at; i < bytes.length && i < at + 200; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        bytes[i] = (byte) others.charAt(random.nextInt(others.length()));
        if (random.nextInt(3) > 0) {
          return;
        }
      }
    }
  }
}
