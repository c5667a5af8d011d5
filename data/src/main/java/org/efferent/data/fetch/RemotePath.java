package org.efferent.data.fetch;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.efferent.core.InputException;

/**
 * Names of files that came from outside, from a listing or an archive: each is a relative path with
 * {@code /} between its parts and can lead nowhere but into the folder of the data set.
 */
final class RemotePath {
  /** The provenance, which no listing may replace. */
  static final String PROVENANCE = "dataset.json";

  /** What is not complete yet. */
  static final String PART = ".part";

  /** What is known of it. */
  static final String STATE = ".part.json";

  private static final int MOST_LENGTH = 1024;
  private static final int MOST_PART_BYTES = 240;

  private RemotePath() {}

  /**
   * Checks a name.
   *
   * @param path the name
   * @param where the listing or archive that it stands in
   * @return the same name
   * @throws InputException if it could leave the folder or does not suit every file system
   */
  static String check(String path, String where) {
    Optional<String> wrong = wrong(path);
    if (wrong.isPresent()) {
      throw new InputException(
          "%s: the name of a file must be a relative path that stays in its folder; \"%s\" %s; nothing of it was written, tell the publisher"
              .formatted(where, Shown.of(path), wrong.get()));
    }
    return path;
  }

  private static Optional<String> wrong(String path) {
    if (path.isEmpty()) {
      return Optional.of("is empty");
    }
    if (path.length() > MOST_LENGTH) {
      return Optional.of("has " + path.length() + " characters, more than " + MOST_LENGTH);
    }
    if (path.startsWith("/")) {
      return Optional.of("begins at the root");
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '\\' || c == ':' || Character.isISOControl(c)) {
        return Optional.of("holds a backslash, a colon or a control character");
      }
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return Optional.of("has an empty part, \".\" or \"..\"");
      }
      if (part.getBytes(StandardCharsets.UTF_8).length > MOST_PART_BYTES) {
        return Optional.of("has a part of more than " + MOST_PART_BYTES + " bytes");
      }
    }
    if (path.equals(PROVENANCE) || path.endsWith(PART) || path.endsWith(STATE)) {
      return Optional.of("is a name that this program keeps for itself");
    }
    return Optional.empty();
  }

  /**
   * The place of a file.
   *
   * @param folder the folder of the data set
   * @param path a name that was checked
   * @param where the listing or archive that it stands in
   * @return a path below the folder
   * @throws InputException if this file system makes something else of the name
   */
  static Path resolve(Path folder, String path, String where) {
    check(path, where);
    try {
      Path root = folder.toAbsolutePath().normalize();
      Path place = root.resolve(path).normalize();
      if (place.startsWith(root) && !place.equals(root)) {
        return place;
      }
    } catch (InvalidPathException e) {
      throw new InputException(
          "%s: this file system has no such name: \"%s\"; nothing of it was written"
              .formatted(where, Shown.of(path)),
          e);
    }
    throw new InputException(
        "%s: \"%s\" leads out of %s; nothing of it was written"
            .formatted(where, Shown.of(path), folder));
  }
}
