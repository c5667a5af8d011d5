package org.efferent.data.fetch;

import java.io.IOException;
import java.nio.file.Path;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;

/** Whether a disk has room for what is about to be written. */
final class Room {
  /** Left free, so that the machine goes on working. */
  private static final long RESERVE = 64L << 20;

  private Room() {}

  /**
   * Checks.
   *
   * @param freeSpace who says how much there is
   * @param folder where it goes
   * @param bytes how much; nothing is checked at 0 or less, which stands for unknown
   * @throws UnavailableException if there is too little
   */
  static void check(FreeSpace freeSpace, Path folder, long bytes) {
    if (bytes <= 0) {
      return;
    }
    long free;
    try {
      free = freeSpace.bytes(folder);
    } catch (IOException e) {
      throw new UsageException(
          folder + ": its disk does not say how much room there is: " + e.getMessage(), e);
    }
    if (free - RESERVE < bytes) {
      throw new UnavailableException(
          "%s: has room for %s (%s are left free), %s are needed; choose another disk with --out, or less with --only"
              .formatted(
                  folder,
                  ByteCount.shown(Math.max(0, free - RESERVE)),
                  ByteCount.shown(RESERVE),
                  ByteCount.shown(bytes)));
    }
  }
}
