package org.efferent.retrieval.index;

import java.nio.file.Path;

/** Index files of either kind. */
public final class IndexFiles {
  private IndexFiles() {}

  /**
   * Opens an index as its file says.
   *
   * @param path an exact or approximate index
   * @param threads that search
   * @param searchBreadth of an approximate one, see {@link ApproximateOptions}
   * @return the index
   * @throws org.efferent.core.InputException if the file is missing, no index, damaged or cut short
   * @throws org.efferent.core.UnsupportedInputException if it is of another version
   */
  public static EmbeddingIndex open(Path path, int threads, int searchBreadth) {
    return IndexFile.open(path).graph() == null
        ? ExactIndex.open(path, threads)
        : ApproximateIndex.open(path, threads, searchBreadth);
  }
}
