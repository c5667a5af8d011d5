package org.efferent.cohort.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.efferent.core.InputException;
import org.efferent.data.RecordingFile;
import org.efferent.data.bids.BidsDataset;
import org.efferent.data.files.RecordingFiles;

/**
 * A recording where readers can read it by range: in its place if that is on this machine, else a
 * copy with the files that belong to it (of the same stem, and sidecars in the folders above up to
 * the list's root), which is gone when it is closed.
 */
final class Localized implements AutoCloseable {
  private final java.nio.file.Path copy;
  private final RecordingFile file;

  private Localized(java.nio.file.Path copy, RecordingFile file) {
    this.copy = copy;
    this.file = file;
  }

  /**
   * Opens a recording.
   *
   * @param listed which
   * @return it, open
   * @throws InputException if it cannot be had or read
   */
  static Localized open(Listed listed) {
    Path path = new Path(listed.path());
    Optional<java.nio.file.Path> local = Store.local(path);
    if (local.isPresent()) {
      java.nio.file.Path root =
          Store.local(new Path(listed.root())).orElse(local.get().getParent());
      return new Localized(null, read(root, local.get()));
    }
    java.nio.file.Path copy = null;
    try {
      copy = Files.createTempDirectory("efferent-recording");
      java.nio.file.Path own = fetch(path, new Path(listed.root()), copy);
      return new Localized(copy, read(copy, own));
    } catch (IOException e) {
      remove(copy);
      throw new InputException(
          "%s: cannot be copied from its file system: %s".formatted(listed.path(), e.getMessage()),
          e);
    } catch (RuntimeException e) {
      remove(copy);
      throw e;
    }
  }

  private static RecordingFile read(java.nio.file.Path root, java.nio.file.Path path) {
    return BidsDataset.recording(root, path)
        .map(recording -> recording.open(RecordingFiles::open))
        .orElseGet(() -> RecordingFiles.open(path));
  }

  private static java.nio.file.Path fetch(Path path, Path root, java.nio.file.Path copy)
      throws IOException {
    FileSystem files = path.getFileSystem(Store.configuration());
    Path folder = path.getParent();
    java.nio.file.Path beside = copy.resolve(below(root, folder));
    Files.createDirectories(beside);
    String stem = stem(path.getName());
    for (FileStatus status : files.listStatus(folder)) {
      if (stem(status.getPath().getName()).equals(stem) || isSidecar(status)) {
        fetch(files, status.getPath(), beside);
      }
    }
    Path above = folder;
    while (!above.equals(root) && !above.isRoot()) {
      above = above.getParent();
      java.nio.file.Path mirror = copy.resolve(below(root, above));
      for (FileStatus status : files.listStatus(above)) {
        if (isSidecar(status)) {
          fetch(files, status.getPath(), mirror);
        }
      }
    }
    return beside.resolve(path.getName());
  }

  private static boolean isSidecar(FileStatus status) {
    String name = status.getPath().getName();
    return status.isFile()
        && (name.endsWith(".json") || name.endsWith(".tsv"))
        && !name.equals("participants.tsv");
  }

  private static String stem(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static String below(Path root, Path folder) {
    String text = folder.toString();
    String above = root.toString();
    return text.length() > above.length() && text.startsWith(above)
        ? text.substring(above.length()).replaceFirst("^/+", "")
        : "";
  }

  private static void fetch(FileSystem files, Path from, java.nio.file.Path into)
      throws IOException {
    FileUtil.copy(files, from, into.resolve(from.getName()).toFile(), false, Store.configuration());
  }

  RecordingFile file() {
    return file;
  }

  @Override
  public void close() {
    file.close();
    remove(copy);
  }

  private static void remove(java.nio.file.Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<java.nio.file.Path> all = Files.walk(folder)) {
      for (java.nio.file.Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
