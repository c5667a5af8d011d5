package org.efferent.data.pickle;

import java.nio.ByteOrder;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.FileBytes;

/** Bytes in a pickle; they stay in the file until they are asked for. */
public final class PickleBytes {
  private final FileBytes file;
  private final long at;
  private final long length;
  private final byte[] memory;

  PickleBytes(FileBytes file, long at, long length) {
    this.file = file;
    this.at = at;
    this.length = length;
    this.memory = null;
  }

  PickleBytes(byte[] memory) {
    this.file = null;
    this.at = 0;
    this.length = memory.length;
    this.memory = memory;
  }

  /** How many. */
  public long length() {
    return length;
  }

  FileBytes file() {
    return file;
  }

  long at() {
    return at;
  }

  byte[] memory() {
    return memory;
  }

  /**
   * The bytes.
   *
   * @return a copy
   * @throws UnsupportedInputException if they are more than one array holds
   */
  public byte[] toArray() {
    if (memory != null) {
      return memory.clone();
    }
    if (length > Integer.MAX_VALUE - 16) {
      throw new UnsupportedInputException(
          "%s: %d bytes are more than one array holds".formatted(file.name(), length));
    }
    return file.read(at, (int) length, "bytes", ByteOrder.LITTLE_ENDIAN).array();
  }
}
