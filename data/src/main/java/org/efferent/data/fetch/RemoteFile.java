package org.efferent.data.fetch;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.efferent.core.InputException;

/**
 * A file at its publisher.
 *
 * @param path its name in the folder of the data set, with {@code /} between folders
 * @param address where it is downloaded from
 * @param bytes its size; {@link #UNKNOWN} if the listing does not say
 * @param checksum what its content adds up to; empty if nobody publishes it
 * @param checksumFrom who says so, for people: {@code SHA256SUMS.txt}; empty without a checksum
 */
public record RemoteFile(
    String path, URI address, long bytes, Optional<Checksum> checksum, String checksumFrom) {
  /** The size of a file whose listing does not say it. */
  public static final long UNKNOWN = -1;

  /** Checks the name and the size. */
  public RemoteFile {
    Objects.requireNonNull(address, "address");
    RemotePath.check(path, "the listing at " + address.getHost());
    if (bytes < UNKNOWN) {
      throw new InputException(
          "the listing at %s: \"%s\" has a size below zero; bytes=%d"
              .formatted(address.getHost(), Shown.of(path), bytes));
    }
  }

  /** Its size, 0 if it is not known. */
  long knownBytes() {
    return Math.max(0, bytes);
  }
}
