package org.efferent.data.fif;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.efferent.data.InputFiles;

/** Where a recording goes on that was split because a file of FIF ends at 2 GB. */
final class SplitFiles {
  private SplitFiles() {}

  /** The next part, whether it exists or not. It lies beside this one, whatever its name claims. */
  static Optional<Path> next(FifInput in, FifNode root) {
    for (FifNode node : root.find(Fiff.B_REF)) {
      int role =
          node.tag(Fiff.REF_ROLE).map(t -> FifValues.integer(in, t)).orElse(Fiff.ROLE_NEXT_FILE);
      if (role != Fiff.ROLE_NEXT_FILE) {
        continue;
      }
      Optional<String> name =
          node.tag(Fiff.REF_FILE_NAME).map(t -> lastPart(FifValues.text(in, t)));
      if (name.isEmpty()) {
        name =
            node.tag(Fiff.REF_FILE_NUM)
                .map(t -> numbered(InputFiles.name(in.path()), FifValues.integer(in, t)));
      }
      if (name.isPresent() && !name.get().isEmpty()) {
        return Optional.of(in.path().resolveSibling(name.get()));
      }
    }
    return Optional.empty();
  }

  private static String lastPart(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    // What cannot be the name of a file cannot be resolved either.
    return last.chars().anyMatch(c -> c < ' ' || c == ':') ? "" : last;
  }

  /** {@code x_raw.fif} is followed by {@code x_raw-1.fif}, that by {@code x_raw-2.fif}. */
  private static String numbered(String name, int number) {
    int point = name.indexOf('.');
    String base = point < 0 ? name : name.substring(0, point);
    String extension = point < 0 ? "" : name.substring(point);
    int dash = base.lastIndexOf('-');
    boolean isPart =
        dash >= 0
            && dash + 1 < base.length()
            && base.substring(dash + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    return (isPart ? base.substring(0, dash) : base) + "-" + number + extension;
  }

  /** Whether two paths are one file. */
  static boolean same(Path a, Path b) {
    return Files.exists(b) && a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
  }
}
