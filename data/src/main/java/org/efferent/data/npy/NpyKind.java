package org.efferent.data.npy;

import java.nio.ByteOrder;
import java.nio.file.Path;
import org.efferent.data.FileBytes;

/** Tells NPY files from archives, and from pickles that are called like them. */
final class NpyKind {
  private NpyKind() {}

  static boolean isNpy(Path path) {
    // 0x93 is an opcode of pickles too, but not one that can come first.
    return begins(path, NpyHeader.MAGIC[0]);
  }

  static boolean isZip(Path path) {
    return begins(path, (byte) 'P', (byte) 'K');
  }

  private static boolean begins(Path path, byte... start) {
    try (FileBytes bytes = FileBytes.open(path)) {
      return bytes.size() >= start.length
          && java.util.Arrays.equals(
              bytes.read(0, start.length, "the first bytes", ByteOrder.LITTLE_ENDIAN).array(),
              start);
    }
  }
}
