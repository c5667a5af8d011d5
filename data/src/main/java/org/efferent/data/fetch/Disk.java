package org.efferent.data.fetch;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;

/**
 * Keeps the errors of the disk apart from those of the network, which are worth another attempt.
 */
final class Disk {
  private Disk() {}

  /** Something that reads or writes files. */
  @FunctionalInterface
  interface Work {
    /**
     * Does it.
     *
     * @return a number that the work is about, else 0
     * @throws IOException if the disk refuses
     */
    long run() throws IOException;
  }

  /** The disk refused. */
  static final class Failure extends IOException {
    private static final long serialVersionUID = 1L;

    Failure(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Does work on the disk, its errors marked as such. */
  static long run(Work work) throws Failure {
    try {
      return work.run();
    } catch (IOException e) {
      throw new Failure(e);
    }
  }

  /** Opens a file for writing from a place on; what it has beyond is cut off. */
  static FileChannel open(Path file, long from) throws Failure {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return channel.truncate(from).position(from);
    } catch (IOException e) {
      throw new Failure(e);
    }
  }

  /**
   * What to tell a user of an error of the disk.
   *
   * @param file what was written
   * @param error the error
   * @return the error to throw
   * @throws InterruptedException if it only means that the thread was interrupted
   */
  static RuntimeException error(Path file, IOException error) throws InterruptedException {
    IOException e = error instanceof Failure f ? (IOException) f.getCause() : error;
    if (e instanceof ClosedByInterruptException) {
      throw new InterruptedException("stopped while " + file + " was written");
    }
    String said = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    String reason = said == null ? e.getClass().getSimpleName() : said;
    if (e instanceof FileAlreadyExistsException) {
      reason = "a file stands where a folder should be";
    }
    if (reason.toLowerCase(Locale.ROOT).contains("space left")) {
      return new UnavailableException(
          "%s: the disk is full; make room and give the command again, what has arrived is kept"
              .formatted(file),
          e);
    }
    return new UsageException(
        "%s: could not be written: %s; choose another folder".formatted(file, reason), e);
  }
}
