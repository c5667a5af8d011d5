package org.efferent.cohort.spark;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.efferent.cohort.CohortOptions;
import org.efferent.core.InputException;
import org.efferent.data.bids.BidsName;

/**
 * Finds recordings on any file system and writes their list as it goes, a line each: what it holds
 * at a time is one folder, not all of them.
 */
final class RecordingList {
  private static final Set<String> SUFFIXES = Set.of("eeg", "meg", "ieeg");
  private static final Set<String> EXTENSIONS =
      Set.of(
          ".edf", ".bdf", ".vhdr", ".set", ".fif", ".fif.gz", ".con", ".sqd", ".ds", ".nwb", ".h5",
          ".xdf", ".csv", ".npy");

  /**
   * What may be a table or an array as well, and is taken only where its name says that it is not.
   */
  private static final Set<String> DOUBTFUL = Set.of(".npy", ".h5");

  private static final Set<String> ASIDE = Set.of("code", "sourcedata", "stimuli", "derivatives");
  private static final int MOST_DEPTH = 12;

  private final Pattern participants;
  private final Pattern included;
  private final FileSystem files;
  private final OutputStream out;
  private String root;
  private int count;

  private RecordingList(CohortOptions options, FileSystem files, OutputStream out) {
    participants = options.participants();
    included = options.included();
    this.files = files;
    this.out = out;
  }

  /**
   * Lists the recordings of a run.
   *
   * @param options where they are
   * @param store gets the list
   * @return how many there are
   * @throws InputException if there are none
   */
  static int write(CohortOptions options, Store store) {
    int[] found = new int[1];
    store.write(Store.LIST, out -> found[0] = list(options, out));
    return positive(options, found[0]);
  }

  /**
   * Looks whether there are recordings, and writes nothing.
   *
   * @param options where they are
   * @throws InputException if there are none
   */
  static void check(CohortOptions options) {
    try {
      positive(options, list(options, OutputStream.nullOutputStream()));
    } catch (IOException e) {
      throw unreachable(options, e);
    }
  }

  private static int list(CohortOptions options, OutputStream out) throws IOException {
    Path from = Store.qualified(options.recordings(), Store.configuration());
    FileSystem files = from.getFileSystem(Store.configuration());
    RecordingList list = new RecordingList(options, files, out);
    FileStatus status;
    try {
      status = files.getFileStatus(from);
    } catch (FileNotFoundException e) {
      throw new InputException(
          options.recordings()
              + ": there is no such folder or list; name a BIDS folder, a folder of recordings or a list of them",
          e);
    } catch (IOException e) {
      throw unreachable(options, e);
    }
    list.from(status);
    return list.count;
  }

  private static int positive(CohortOptions options, int found) {
    if (found == 0) {
      throw new InputException(
          "%s: has no recording%s; recordings are files such as sub-01/eeg/sub-01_task-rest_eeg.edf or S001R03.edf"
              .formatted(
                  options.recordings(),
                  options.include().isEmpty() ? "" : " whose path has " + options.include()));
    }
    return found;
  }

  private static InputException unreachable(CohortOptions options, IOException e) {
    return new InputException(
        "%s: its file system cannot be read: %s; check the address and the settings (spark.hadoop.…)"
            .formatted(
                options.recordings(),
                String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
        e);
  }

  private void from(FileStatus status) throws IOException {
    if (status.isDirectory() && !isRecording(status)) {
      root = status.getPath().toString();
      folder(
          status.getPath(),
          0,
          files.exists(new Path(status.getPath(), "dataset_description.json")));
    } else if (status.isFile() && isList(status.getPath())) {
      root = status.getPath().getParent().toString();
      lines(status.getPath());
    } else {
      root = status.getPath().getParent().toString();
      add(status.getPath(), "");
    }
  }

  private static boolean isList(Path path) {
    return path.getName().endsWith(".txt") || path.getName().endsWith(".tsv");
  }

  private void folder(Path folder, int depth, boolean bids) throws IOException {
    FileStatus[] entries = files.listStatus(folder);
    Arrays.sort(entries, Comparator.comparing(s -> s.getPath().getName()));
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      if (name.startsWith(".") || (depth == 0 && ASIDE.contains(name))) {
        continue;
      }
      if (isRecording(entry)) {
        if (!bids || isBids(name)) {
          add(entry.getPath(), "");
        }
      } else if (entry.isDirectory() && depth < MOST_DEPTH) {
        folder(entry.getPath(), depth + 1, bids);
      }
    }
  }

  private static boolean isBids(String name) {
    return BidsName.parse(name)
        .filter(n -> SUFFIXES.contains(n.suffix()) && !n.entity("sub").isEmpty())
        .filter(n -> !n.entity("split").matches("0*([2-9]|\\d{2,})"))
        .isPresent();
  }

  private static boolean isRecording(FileStatus entry) {
    String name = entry.getPath().getName().toLowerCase(Locale.ROOT);
    int dot = name.endsWith(".fif.gz") ? name.length() - 7 : name.lastIndexOf('.');
    String extension = dot < 0 ? "" : name.substring(dot);
    return EXTENSIONS.contains(extension)
        && entry.isDirectory() == extension.equals(".ds")
        && (!DOUBTFUL.contains(extension) || isBids(name));
  }

  /** A path a line, relative to the list's folder or whole; after a tab the participant. */
  private void lines(Path list) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(files.open(list), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      for (int number = 1; line != null; number++) {
        String[] cells = line.strip().split("\t", -1);
        boolean header = number == 1 && cells[0].equals("path");
        if (!cells[0].isEmpty() && !cells[0].startsWith("#") && !header) {
          if (cells.length > 2) {
            throw new InputException(
                "%s: line %d must be a path, or a path, a tab and a participant; cells=%d"
                    .formatted(list.getName(), number, cells.length));
          }
          Path path = new Path(cells[0]);
          add(
              path.isAbsolute() || path.toUri().getScheme() != null
                  ? Store.qualified(cells[0], Store.configuration())
                  : new Path(list.getParent(), path),
              cells.length == 2 ? cells[1].strip() : "");
        }
        line = reader.readLine();
      }
    }
  }

  private void add(Path path, String participant) throws IOException {
    Listed listed = new Listed(count, "", root, path.toString());
    String shown = listed.shown();
    if (!included.matcher(shown).find()) {
      return;
    }
    String whose = participant.isEmpty() ? participant(shown, path) : participant;
    out.write(
        (new Listed(count, whose, root, path.toString()).json() + "\n")
            .getBytes(StandardCharsets.UTF_8));
    count++;
  }

  private String participant(String shown, Path path) {
    Matcher matcher = participants.matcher(shown);
    if (matcher.find()) {
      for (int group = 1; group <= matcher.groupCount(); group++) {
        if (matcher.group(group) != null) {
          return matcher.group(group);
        }
      }
    }
    return path.getParent().getName();
  }
}
