package org.efferent.data.fetch;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.efferent.core.UsageException;

/** Chooses files by globs. */
final class Selection {
  private Selection() {}

  /**
   * The files that are wanted, in the order of the listing.
   *
   * @throws UsageException if a glob is none or one of the user's matches nothing
   */
  static List<RemoteFile> of(DatasetCard card, FetchOptions options, List<RemoteFile> files) {
    List<String> globs = options.only().isEmpty() ? card.select() : options.only();
    if (options.all() || globs.isEmpty()) {
      return files;
    }
    List<PathMatcher> matchers = new ArrayList<>();
    for (String glob : globs) {
      matchers.add(matcher(glob));
    }
    boolean[] used = new boolean[matchers.size()];
    List<RemoteFile> selected = new ArrayList<>();
    for (RemoteFile file : files) {
      Path path = Path.of(file.path());
      boolean wanted = false;
      for (int i = 0; i < used.length; i++) {
        if (matchers.get(i).matches(path)) {
          used[i] = true;
          wanted = true;
        }
      }
      if (wanted) {
        selected.add(file);
      }
    }
    for (int i = 0; i < used.length; i++) {
      if (!used[i] && !options.only().isEmpty()) {
        throw nothing(globs.get(i), files);
      }
    }
    if (selected.isEmpty()) {
      throw nothing(String.join(", ", globs), files);
    }
    return selected;
  }

  private static UsageException nothing(String glob, List<RemoteFile> files) {
    return new UsageException(
        "%s matches none of %d files%s; --dry-run --all shows them"
            .formatted(
                glob, files.size(), files.isEmpty() ? "" : ", such as " + files.get(0).path()));
  }

  private static PathMatcher matcher(String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw new UsageException(
          "--only must be a glob such as S001/*.edf; only=" + Shown.of(glob), e);
    }
  }
}
