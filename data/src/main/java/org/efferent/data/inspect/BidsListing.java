package org.efferent.data.inspect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.efferent.data.bids.BidsDataset;
import org.efferent.data.bids.BidsRecording;

/**
 * What is in a folder of BIDS, by its names: no recording is opened.
 *
 * @param folder path as given
 * @param name what the data set is called; empty if it does not say
 * @param subjects those with recordings, in order of their names
 * @param warnings what was odd, one line each
 */
public record BidsListing(
    String folder, String name, List<Subject> subjects, List<String> warnings) {
  private static final int MOST_NAMES = 8;

  /** Copies the lists. */
  public BidsListing {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(name, "name");
    subjects = List.copyOf(subjects);
    warnings = List.copyOf(warnings);
  }

  /**
   * A subject.
   *
   * @param id without {@code sub-}
   * @param sessions in order of their names; one without a name if there are none
   */
  public record Subject(String id, List<Session> sessions) {
    /** Copies the list. */
    public Subject {
      Objects.requireNonNull(id, "id");
      sessions = List.copyOf(sessions);
    }

    /** Recordings of all sessions. */
    public int recordings() {
      return sessions.stream().mapToInt(s -> s.recordings().size()).sum();
    }
  }

  /**
   * A session.
   *
   * @param id without {@code ses-}; empty if the data set has none
   * @param recordings in order of their names
   */
  public record Session(String id, List<Entry> recordings) {
    /** Copies the list. */
    public Session {
      Objects.requireNonNull(id, "id");
      recordings = List.copyOf(recordings);
    }
  }

  /**
   * A recording.
   *
   * @param file relative to the folder, with slashes
   * @param suffix eeg, meg or ieeg
   * @param task what was done; empty if the name does not say
   * @param run number of the run; empty if the name does not say
   * @param events whether there is a table of its events
   */
  public record Entry(String file, String suffix, String task, String run, boolean events) {
    /** Checks that nothing is null. */
    public Entry {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(suffix, "suffix");
      Objects.requireNonNull(task, "task");
      Objects.requireNonNull(run, "run");
    }
  }

  /** Sessions of all subjects. */
  public int sessions() {
    return subjects.stream().mapToInt(s -> s.sessions().size()).sum();
  }

  /** Recordings of all subjects. */
  public int recordings() {
    return subjects.stream().mapToInt(Subject::recordings).sum();
  }

  /**
   * Lists a folder.
   *
   * @param folder the data set
   * @return what is in it
   * @throws org.efferent.core.InputException if it has no recording, or a table is damaged
   */
  public static BidsListing of(Path folder) {
    BidsDataset dataset = BidsDataset.open(folder);
    Map<String, Map<String, List<Entry>>> subjects = new LinkedHashMap<>();
    for (BidsRecording recording : dataset.recordings()) {
      subjects
          .computeIfAbsent(recording.name().entity("sub"), s -> new LinkedHashMap<>())
          .computeIfAbsent(recording.name().entity("ses"), s -> new ArrayList<>())
          .add(entry(folder, recording));
    }
    List<Subject> list = new ArrayList<>();
    subjects.forEach(
        (id, sessions) -> {
          List<Session> some = new ArrayList<>();
          sessions.forEach((session, entries) -> some.add(new Session(session, entries)));
          list.add(new Subject(id, some));
        });
    List<String> warnings = new ArrayList<>();
    if (!dataset.participants().isEmpty()) {
      Set<String> missing = new LinkedHashSet<>(dataset.participants().keySet());
      missing.removeAll(subjects.keySet());
      told(warnings, missing, "are in participants.tsv, but have no recording");
      Set<String> strangers = new LinkedHashSet<>(subjects.keySet());
      strangers.removeAll(dataset.participants().keySet());
      told(warnings, strangers, "have recordings, but are not in participants.tsv");
    }
    return new BidsListing(folder.toString(), dataset.name(), list, warnings);
  }

  private static void told(List<String> warnings, Set<String> subjects, String what) {
    if (!subjects.isEmpty()) {
      warnings.add(
          "%d subjects %s: %s%s"
              .formatted(
                  subjects.size(),
                  what,
                  String.join(", ", subjects.stream().limit(MOST_NAMES).toList()),
                  subjects.size() > MOST_NAMES ? ", …" : ""));
    }
  }

  private static Entry entry(Path folder, BidsRecording recording) {
    return new Entry(
        folder.relativize(recording.path()).toString().replace('\\', '/'),
        recording.name().suffix(),
        recording.name().entity("task"),
        recording.name().entity("run"),
        recording.sidecar("events", ".tsv").isPresent());
  }
}
