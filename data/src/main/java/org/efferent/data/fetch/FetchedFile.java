package org.efferent.data.fetch;

import java.util.Optional;

/**
 * A file that lies in the folder, whole.
 *
 * @param file what it is
 * @param bytes its size
 * @param sha256 its SHA-256
 * @param presence how it came there
 * @param unpacked how many files were unpacked from it; 0 if none
 */
public record FetchedFile(
    RemoteFile file, long bytes, Checksum sha256, Presence presence, int unpacked) {
  /** How a file came to lie in the folder. */
  public enum Presence {
    /** It was downloaded now. */
    DOWNLOADED,
    /** It was there already. */
    THERE
  }

  /** Against what it was checked, for people. */
  public String checkedAgainst() {
    Optional<Checksum> checksum = file.checksum();
    if (checksum.isPresent()) {
      return checksum.get().algorithm().label() + " of " + file.checksumFrom();
    }
    return file.bytes() >= 0
        ? "its size only: no checksum is published"
        : "nothing: neither size nor checksum is published";
  }

  FetchedFile withUnpacked(int files) {
    return new FetchedFile(file, bytes, sha256, presence, files);
  }
}
