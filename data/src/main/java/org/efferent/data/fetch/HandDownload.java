package org.efferent.data.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.efferent.core.InputException;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;

/** What a user has downloaded by hand, where the publisher lets no program in. */
final class HandDownload {
  private static final int MOST_DEPTH = 16;

  private HandDownload() {}

  /**
   * Finds the files in the folder and their hashes.
   *
   * @throws UnavailableException if there is none, with what to do
   * @throws InputException if one is not what the card vouches for
   */
  static List<FetchedFile> find(DatasetCard card, CardSource.Manual manual, Path folder) {
    List<FetchedFile> found = new ArrayList<>();
    for (Path path : files(folder)) {
      String name = folder.relativize(path).toString().replace('\\', '/');
      found.add(file(card, path, name));
    }
    if (found.isEmpty()) {
      throw new UnavailableException(
          "%s: its publisher lets no program download it, and nothing lies in %s; %s"
              .formatted(card.id(), folder, String.join(" ", manual.steps())));
    }
    return found;
  }

  private static FetchedFile file(DatasetCard card, Path path, String name) {
    Optional<Checksum> promised =
        card.files().stream()
            .filter(f -> f.path().equals(name))
            .findFirst()
            .flatMap(DatasetCard.CardFile::checksum);
    try {
      Digests digests = Digests.of(path, promised.map(Checksum::algorithm));
      if (!digests.matches(promised)) {
        throw new InputException(
            "%s: its %s is %s, but the card says %s; download it again"
                .formatted(
                    path,
                    promised.orElseThrow().algorithm().label(),
                    digests.wanted().orElseThrow().hex(),
                    promised.orElseThrow().hex()));
      }
      RemoteFile file =
          new RemoteFile(
              name,
              card.page(),
              RemoteFile.UNKNOWN,
              promised,
              promised.isPresent() ? "the card" : "");
      return new FetchedFile(
          file, Files.size(path), digests.sha256(), FetchedFile.Presence.THERE, 0);
    } catch (IOException e) {
      throw new UsageException(path + ": could not be read: " + e.getMessage(), e);
    }
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder, MOST_DEPTH)) {
      return all.filter(Files::isRegularFile)
          .filter(p -> !p.equals(folder.resolve(RemotePath.PROVENANCE)))
          .filter(p -> !p.toString().endsWith(RemotePath.PART))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UsageException(folder + ": could not be listed: " + e.getMessage(), e);
    }
  }
}
