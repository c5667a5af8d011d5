package org.efferent.data.fetch;

import java.util.List;

/**
 * What a publisher has of a data set, and what of it is wanted.
 *
 * @param all how many files the publisher lists
 * @param selected those that are wanted
 */
public record FileList(int all, List<RemoteFile> selected) {
  /** Copies the list. */
  public FileList {
    selected = List.copyOf(selected);
  }

  /** Bytes of the wanted files whose size is known. */
  public long knownBytes() {
    return selected.stream().mapToLong(RemoteFile::knownBytes).sum();
  }

  /** How many of the wanted files have no known size. */
  public int withoutSize() {
    return (int) selected.stream().filter(f -> f.bytes() < 0).count();
  }

  /** How many of the wanted files have no published checksum. */
  public int withoutChecksum() {
    return (int) selected.stream().filter(f -> f.checksum().isEmpty()).count();
  }
}
