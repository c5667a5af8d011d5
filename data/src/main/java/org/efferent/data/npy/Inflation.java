package org.efferent.data.npy;

import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.efferent.core.InputException;
import org.efferent.data.FileBytes;

/** The content of a deflated member of an archive, block after block. */
final class Inflation implements AutoCloseable {
  private static final int STEP = 1 << 16;

  private final FileBytes file;
  private final String where;
  private final long end;
  private final Inflater inflater = new Inflater(true);
  private long next;

  Inflation(FileBytes file, ZipIndex.Member member, String where) {
    this.file = file;
    this.where = where;
    this.next = member.at();
    this.end = next + member.packed();
  }

  /** Fills the beginning of a block; how much of it, 0 at the end of what can be inflated. */
  int next(byte[] block) {
    try {
      while (!inflater.finished() && !inflater.needsDictionary()) {
        int n = inflater.inflate(block);
        if (n > 0) {
          return n;
        }
        if (inflater.needsInput() && !feed()) {
          return 0;
        }
      }
      return 0;
    } catch (DataFormatException e) {
      throw new InputException(where + ": the compressed data is damaged: " + e.getMessage(), e);
    }
  }

  private boolean feed() {
    int n = (int) Math.min(STEP, end - next);
    if (n < 0) {
      return false;
    }
    // One byte beyond the end is what Inflater may ask for without a header.
    inflater.setInput(
        n > 0 ? file.read(next, n, where, ByteOrder.LITTLE_ENDIAN).array() : new byte[1]);
    next += Math.max(1, n);
    return true;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
