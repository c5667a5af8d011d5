package org.efferent.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Checksums of a file on disk, in one reading.
 *
 * @param sha256 its SHA-256, for the provenance
 * @param wanted the checksum by the algorithm that was asked for
 */
record Digests(Checksum sha256, Optional<Checksum> wanted) {

  /**
   * Reads a file.
   *
   * @param file the file
   * @param algorithm what else to compute beside SHA-256
   * @return the checksums
   */
  static Digests of(Path file, Optional<Checksum.Algorithm> algorithm) throws IOException {
    MessageDigest sha = digest(Checksum.Algorithm.SHA256);
    Optional<MessageDigest> other =
        algorithm.filter(a -> a != Checksum.Algorithm.SHA256).map(Digests::digest);
    if (algorithm.equals(Optional.of(Checksum.Algorithm.GIT_BLOB))) {
      String head = "blob " + Files.size(file) + "\0";
      other.ifPresent(digest -> digest.update(head.getBytes(StandardCharsets.US_ASCII)));
    }
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        int bytes = n;
        sha.update(buffer, 0, bytes);
        other.ifPresent(digest -> digest.update(buffer, 0, bytes));
      }
    }
    Checksum sha256 = checksum(Checksum.Algorithm.SHA256, sha);
    Optional<Checksum> wanted =
        other.isPresent()
            ? Optional.of(checksum(algorithm.orElseThrow(), other.get()))
            : algorithm.map(a -> sha256);
    return new Digests(sha256, wanted);
  }

  /** Whether the file is the one that a checksum is of; true where nobody gives one. */
  boolean matches(Optional<Checksum> expected) {
    return expected.isEmpty() || expected.equals(wanted);
  }

  private static Checksum checksum(Checksum.Algorithm algorithm, MessageDigest digest) {
    return new Checksum(algorithm, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest digest(Checksum.Algorithm algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm.digest(), e);
    }
  }
}
