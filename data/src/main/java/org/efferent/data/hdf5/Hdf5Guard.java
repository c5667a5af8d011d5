package org.efferent.data.hdf5;

import io.jhdf.exceptions.HdfFilterException;
import io.jhdf.exceptions.UnsupportedHdfException;
import java.util.function.Supplier;
import org.efferent.core.EfferentException;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;

/** Calls jHDF, and turns whatever it throws into an error that names the file and the place. */
final class Hdf5Guard {
  /** Deflate makes at most 1032 bytes of one; other filters here make less. */
  private static final long MOST_INFLATED = 1040;

  /** A data set that was never written is not stored at all; it is not most of what it is in. */
  private static final long MOST_UNWRITTEN = 8;

  /** Chunks that were never written are not stored; most of a recording is. */
  static final long MOST_MISSING = 64;

  private final String file;
  private final long fileBytes;

  Hdf5Guard(String file, long fileBytes) {
    this.file = file;
    this.fileBytes = fileBytes;
  }

  String file() {
    return file;
  }

  <T> T call(String where, Supplier<T> what) {
    try {
      return what.get();
    } catch (EfferentException e) {
      throw e;
    } catch (HdfFilterException | UnsupportedHdfException e) {
      throw new UnsupportedInputException(
          "%s: %s: %s; write it without, for example with gzip alone"
              .formatted(file, where, e.getMessage()),
          e);
    } catch (RuntimeException | StackOverflowError e) {
      // jHDF throws what its buffers throw; a stack that overflows is a structure that holds
      // itself.
      throw new InputException(
          "%s: %s: could not be read as HDF5; it is truncated or damaged (%s)"
              .formatted(file, where, reason(e)),
          e);
    }
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** Refuses sizes that the file could not hold even if it were compressed. */
  void check(String where, long[] shape, long elementBytes) {
    check(where, shape, elementBytes, MOST_INFLATED, fileBytes);
  }

  /**
   * Refuses sizes of a data set in one piece that are not in the file.
   *
   * @param stored its bytes; 0 if it was never written, which the file must still come near
   */
  void checkPiece(String where, long[] shape, long elementBytes, long stored) {
    if (stored == 0) {
      check(where, shape, elementBytes, MOST_UNWRITTEN, fileBytes);
    } else {
      check(where, shape, elementBytes, 1, Math.max(0, Math.min(stored, fileBytes)));
    }
  }

  /**
   * Refuses sizes of chunks that what is stored of them could not hold.
   *
   * @param packed whether they are compressed; if not, some may be missing
   * @param stored bytes of all of them in the file
   */
  void check(String where, long[] shape, long elementBytes, boolean packed, long stored) {
    long bytes = Math.max(0, Math.min(stored, fileBytes));
    check(where, shape, elementBytes, packed ? MOST_INFLATED : MOST_MISSING, bytes);
  }

  private void check(String where, long[] shape, long elementBytes, long times, long stored) {
    long most = times * stored + 65_536;
    long bytes = Math.max(1, elementBytes);
    for (long size : shape) {
      if (size < 0 || (size > 0 && bytes > most / size)) {
        throw new InputException(
            "%s: %s: has sizes %s, which are more than the %d bytes of it can hold; it is damaged"
                .formatted(file, where, java.util.Arrays.toString(shape), stored));
      }
      bytes *= size;
    }
  }
}
