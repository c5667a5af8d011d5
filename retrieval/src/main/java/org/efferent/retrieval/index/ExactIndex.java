package org.efferent.retrieval.index;

import java.nio.file.Path;
import java.util.BitSet;
import org.efferent.core.InputException;

/**
 * The exact index: compares a query with every embedding of a file that is mapped, so that it may
 * be larger than memory and takes none of the heap but for metadata. For the cosine, embeddings are
 * stored divided by their norms.
 */
public final class ExactIndex extends FileIndex {
  private ExactIndex(IndexFile file, int threads) {
    super(file, threads);
  }

  /**
   * Writes an index.
   *
   * @param file where it goes; nobody sees half of it
   * @param entries what it holds
   * @param metric how they will be compared
   * @param overwrite whether a file that is there may be replaced
   * @throws InputException if an embedding is not finite, or zero where the cosine is asked
   * @throws org.efferent.core.UsageException if the file exists and may not be replaced
   */
  public static void write(Path file, Entries entries, Metric metric, boolean overwrite) {
    IndexWriter.write(file, entries, metric, null, overwrite);
  }

  /**
   * Opens an index.
   *
   * @param path its file; that of an approximate index is searched exactly
   * @param threads that search, 1 or more
   * @return the index
   * @throws InputException if the file is missing, no index, damaged or cut short
   * @throws org.efferent.core.UnsupportedInputException if it is of another version
   * @throws org.efferent.core.UnavailableException if the native library does not load
   */
  public static ExactIndex open(Path path, int threads) {
    return new ExactIndex(IndexFile.open(path), threads);
  }

  @Override
  Hits many(Queries queries, BitSet passing, int candidates, int k) {
    return exactly(queries, passing, k);
  }
}
