package org.efferent.data.bids;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.efferent.core.InputException;
import org.efferent.core.UnsupportedInputException;
import org.efferent.data.InputFiles;

/**
 * A folder of BIDS: its recordings, and what its tables say of the subjects. Folders that only
 * resemble one (LibriBrain) are read as far as their names go.
 */
public final class BidsDataset {
  private static final int MOST_DEPTH = 8;
  private static final int MOST_FILES = 1_000_000;
  private static final long MOST_JSON = 16L << 20;
  private static final Set<String> SUFFIXES = Set.of("eeg", "meg", "ieeg");
  private static final Set<String> EXTENSIONS =
      Set.of(
          ".edf", ".bdf", ".vhdr", ".set", ".fif", ".fif.gz", ".con", ".sqd", ".ds", ".nwb", ".h5",
          ".xdf", ".csv", ".npy");

  private final Path folder;
  private final String name;
  private final Map<String, Map<String, String>> participants;
  private final List<BidsRecording> recordings;

  private BidsDataset(
      Path folder,
      String name,
      Map<String, Map<String, String>> participants,
      List<BidsRecording> recordings) {
    this.folder = folder;
    this.name = name;
    this.participants = participants;
    this.recordings = List.copyOf(recordings);
  }

  /**
   * Opens a folder: names are listed and {@code participants.tsv} and {@code
   * dataset_description.json} read, if they are there.
   *
   * @param folder the folder
   * @return the data set; its recordings in order of their names
   * @throws InputException if it is no folder, has no recording, or one of the two files is damaged
   */
  public static BidsDataset open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder + ": is no folder; a data set of BIDS is one");
    }
    Map<String, Map<String, String>> participants = participants(folder);
    Path description = folder.resolve("dataset_description.json");
    String name = Files.exists(description) ? json(description).path("Name").asText("") : "";
    List<BidsRecording> recordings = new ArrayList<>();
    for (Path path : files(folder)) {
      BidsName.parse(InputFiles.name(path))
          .filter(n -> SUFFIXES.contains(n.suffix()) && EXTENSIONS.contains(n.extension()))
          .filter(
              n -> !n.entity("sub").isEmpty() && !n.entity("split").matches("0*([2-9]|\\d{2,})"))
          .ifPresent(
              n ->
                  recordings.add(
                      new BidsRecording(
                          folder, path, n, participants.getOrDefault(n.entity("sub"), Map.of()))));
    }
    if (recordings.isEmpty()) {
      throw new InputException(
          folder + ": has no recording of BIDS, such as sub-01/eeg/sub-01_task-rest_eeg.edf");
    }
    return new BidsDataset(folder, name, participants, recordings);
  }

  /**
   * One recording of a folder, without looking at the others.
   *
   * @param folder of the data set; sidecars are looked for up to it
   * @param path of the recording, below it
   * @return the recording with what its sidecars say, but nothing of {@code participants.tsv};
   *     empty if its name is none of BIDS
   */
  public static Optional<BidsRecording> recording(Path folder, Path path) {
    return BidsName.parse(InputFiles.name(path))
        .filter(n -> SUFFIXES.contains(n.suffix()) && !n.entity("sub").isEmpty())
        .map(n -> new BidsRecording(folder, path, n, Map.of()));
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> walk = Files.walk(folder, MOST_DEPTH)) {
      List<Path> files =
          walk.filter(p -> !hidden(folder.relativize(p)))
              .limit(MOST_FILES)
              .sorted(Comparator.comparing(Path::toString))
              .toList();
      return files;
    } catch (IOException e) {
      throw InputFiles.failed(folder, e);
    }
  }

  /** What is no recording of the data set itself: sources, code, the inside of a CTF folder. */
  private static boolean hidden(Path path) {
    for (int i = 0; i < path.getNameCount(); i++) {
      String part = path.getName(i).toString();
      boolean inside = i + 1 < path.getNameCount();
      if ((i == 0 && Set.of("code", "sourcedata", "stimuli").contains(part))
          || (part.startsWith(".") && part.length() > 1)
          || (inside && part.endsWith(".ds"))) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, Map<String, String>> participants(Path folder) {
    Map<String, Map<String, String>> participants = new LinkedHashMap<>();
    Path path = folder.resolve("participants.tsv");
    if (Files.exists(path)) {
      TsvTable table = TsvTable.read(path);
      for (int i = 0; i < table.rows(); i++) {
        Map<String, String> row = new LinkedHashMap<>();
        for (String column : table.columns()) {
          row.put(column, table.text(i, column));
        }
        participants.put(table.text(i, "participant_id").replaceFirst("^sub-", ""), row);
      }
    }
    return participants;
  }

  static JsonNode json(Path path) {
    String name = InputFiles.name(path);
    if (InputFiles.check(path) > MOST_JSON) {
      throw new UnsupportedInputException(name + ": sidecars of up to 16 MB are read");
    }
    try {
      JsonNode node = new ObjectMapper().readTree(Files.readAllBytes(path));
      if (node == null || !node.isObject()) {
        throw new InputException(name + ": a sidecar must be a JSON object");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new InputException(
          "%s: line %d: a sidecar must be valid JSON: %s"
              .formatted(
                  name,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    } catch (IOException e) {
      throw InputFiles.failed(path, e);
    }
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** What the data set is called; empty if it does not say. */
  public String name() {
    return name;
  }

  /** The rows of {@code participants.tsv}, by subject without {@code sub-}; columns to cells. */
  public Map<String, Map<String, String>> participants() {
    return java.util.Collections.unmodifiableMap(participants);
  }

  /** All recordings in order of their names. */
  public List<BidsRecording> recordings() {
    return recordings;
  }

  /**
   * Some recordings.
   *
   * @param entities what their names say, such as {@code sub} to {@code 01}
   * @return those of which all of it is true
   */
  public List<BidsRecording> recordings(Map<String, String> entities) {
    return recordings.stream()
        .filter(
            r ->
                entities.entrySet().stream()
                    .allMatch(e -> r.name().entity(e.getKey()).equals(e.getValue())))
        .toList();
  }
}
