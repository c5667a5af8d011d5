package org.efferent.data.fetch;

/** Who watches a download. All methods are called by the thread that downloads. */
public interface FetchListener {
  /** Nobody watches. */
  FetchListener NONE = new FetchListener() {};

  /**
   * Bytes have arrived.
   *
   * @param file the file
   * @param bytes how many of it are there now
   * @param fileBytes its size; {@link RemoteFile#UNKNOWN} if unknown
   */
  default void progress(RemoteFile file, long bytes, long fileBytes) {}

  /**
   * A file is whole: it was there already, or has been downloaded.
   *
   * @param file the file
   */
  default void done(FetchedFile file) {}

  /**
   * A remark on the way: a restart, a retry.
   *
   * @param text one line
   */
  default void remark(String text) {}

  /** Whether to stop; what has arrived is kept. Asked often. */
  default boolean cancelled() {
    return false;
  }
}
