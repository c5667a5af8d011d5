package org.efferent.data.fetch;

import java.nio.file.Path;
import java.util.List;

/**
 * What a fetch brought.
 *
 * @param folder the folder of the data set
 * @param files all wanted files, whole and checked as far as there is something to check against
 * @param counters what was mended on the way
 * @param provenance the file that notes all of it
 */
public record FetchResult(
    Path folder, List<FetchedFile> files, FetchCounters counters, Path provenance) {
  /** Copies the list. */
  public FetchResult {
    files = List.copyOf(files);
  }

  /** How many files were downloaded now. */
  public int downloaded() {
    return (int)
        files.stream().filter(f -> f.presence() == FetchedFile.Presence.DOWNLOADED).count();
  }

  /** Bytes that were downloaded now. */
  public long downloadedBytes() {
    return files.stream()
        .filter(f -> f.presence() == FetchedFile.Presence.DOWNLOADED)
        .mapToLong(FetchedFile::bytes)
        .sum();
  }

  /** How many files have no published checksum. */
  public int unchecked() {
    return (int) files.stream().filter(f -> f.file().checksum().isEmpty()).count();
  }
}
