package org.efferent.data.fetch;

import java.util.List;
import java.util.Objects;
import org.efferent.core.UsageException;

/**
 * What of a data set is wanted, and how.
 *
 * @param only globs of file names with {@code /} between folders ({@code *} stays in a folder,
 *     {@code **} does not); empty for what the card selects
 * @param all whether everything is wanted, whatever the card selects
 * @param unpack whether ZIP archives are unpacked beside themselves
 * @param overwrite whether files of the same names but another content may be replaced
 * @param mostFiles a listing of more files is refused
 * @param mostFileBytes a larger file is refused
 * @param web patience
 */
public record FetchOptions(
    List<String> only,
    boolean all,
    boolean unpack,
    boolean overwrite,
    int mostFiles,
    long mostFileBytes,
    WebOptions web) {
  /** What the card selects, kept as it comes; at most a million files of 1 TB. */
  public static final FetchOptions DEFAULTS =
      new FetchOptions(
          List.of(), false, false, false, 1_000_000, 1_000_000_000_000L, WebOptions.DEFAULTS);

  /** Checks the values. */
  public FetchOptions {
    only = List.copyOf(only);
    Objects.requireNonNull(web, "web");
    if (all && !only.isEmpty()) {
      throw new UsageException("all and only exclude each other; only=" + only);
    }
    if (mostFiles < 1 || mostFileBytes < 1) {
      throw new UsageException(
          "mostFiles and mostFileBytes must be at least 1; mostFiles=%d, mostFileBytes=%d"
              .formatted(mostFiles, mostFileBytes));
    }
  }

  /** The same with a choice of files. */
  public FetchOptions withOnly(List<String> globs) {
    return new FetchOptions(globs, all, unpack, overwrite, mostFiles, mostFileBytes, web);
  }

  /** The same with or without everything. */
  public FetchOptions withAll(boolean everything) {
    return new FetchOptions(only, everything, unpack, overwrite, mostFiles, mostFileBytes, web);
  }

  /** The same with archives unpacked or not. */
  public FetchOptions withUnpack(boolean archives) {
    return new FetchOptions(only, all, archives, overwrite, mostFiles, mostFileBytes, web);
  }

  /** The same with or without leave to replace files. */
  public FetchOptions withOverwrite(boolean replace) {
    return new FetchOptions(only, all, unpack, replace, mostFiles, mostFileBytes, web);
  }

  /** The same with other limits. */
  public FetchOptions withLimits(int files, long fileBytes) {
    return new FetchOptions(only, all, unpack, overwrite, files, fileBytes, web);
  }

  /** The same with another patience. */
  public FetchOptions withWeb(WebOptions patience) {
    return new FetchOptions(only, all, unpack, overwrite, mostFiles, mostFileBytes, patience);
  }
}
