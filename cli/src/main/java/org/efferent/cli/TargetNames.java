package org.efferent.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.efferent.core.UsageException;
import org.efferent.data.InputFiles;

/** What rows of targets are called. */
final class TargetNames {
  private TargetNames() {}

  /**
   * The files' names; their paths as they were given, where two have one name.
   *
   * @throws UsageException if a file is given twice, or a name has a line's end in it
   */
  static List<String> of(List<Path> files) {
    List<String> names = files.stream().map(InputFiles::name).toList();
    if (new HashSet<>(names).size() < names.size()) {
      names = files.stream().map(Path::toString).toList();
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new UsageException(name + " is given twice; each file is a row of its own");
      }
      if (name.contains("\n") || name.contains("\r")) {
        throw new UsageException("names are one a line, and this has two: " + name.strip());
      }
    }
    return names;
  }
}
