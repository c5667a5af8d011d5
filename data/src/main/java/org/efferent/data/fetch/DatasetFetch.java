package org.efferent.data.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efferent.core.InputException;
import org.efferent.core.UnavailableException;
import org.efferent.core.UsageException;

/**
 * Brings a data set from its publisher into a folder: lists, chooses, looks for room, downloads
 * what is not there yet, checks, notes the provenance. It can be stopped and given again at any
 * time.
 */
public final class DatasetFetch {
  private final DatasetCard card;
  private final Path folder;
  private final FetchOptions options;
  private final FetchEnvironment environment;
  private final Web web;

  /**
   * A fetch; nothing is asked or written yet.
   *
   * @param card the data set
   * @param folder where it goes; made if it is not there
   * @param options what is wanted
   * @param environment clock, pauses, disk and tokens
   */
  public DatasetFetch(
      DatasetCard card, Path folder, FetchOptions options, FetchEnvironment environment) {
    this.card = card;
    this.folder = folder;
    this.options = options;
    this.environment = environment;
    this.web = new Web(options.web(), environment, token(card, environment), help(card));
  }

  private static Optional<Web.Token> token(DatasetCard card, FetchEnvironment environment) {
    if (card.access().isEmpty()) {
      return Optional.empty();
    }
    String value = environment.variables().getOrDefault(card.access().get().variable(), "").strip();
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!WebAnswer.sendable(value)) {
      throw new UsageException(
          card.access().get().variable() + " must be a token of plain characters; it is not");
    }
    CardSource source = card.source();
    URI origin = card.page();
    if (source instanceof CardSource.Dryad dryad) {
      origin = dryad.api();
    } else if (source instanceof CardSource.HuggingFace hub) {
      origin = hub.hub();
    } else if (source instanceof CardSource.Osf osf) {
      origin = osf.api();
    }
    return Optional.of(new Web.Token(origin, value));
  }

  private static String help(DatasetCard card) {
    return card.access().map(DatasetCard.Access::how).orElse("see " + card.page());
  }

  /**
   * Asks the publisher for the list of files and chooses from it. Asks for no data.
   *
   * @return what there is and what is wanted; no files where the user has to download by hand
   * @throws org.efferent.core.StreamException if the publisher cannot be reached or refuses
   * @throws InputException if its answer is not what it should be
   * @throws UsageException if nothing matches
   */
  public FileList list() throws InterruptedException {
    if (card.source() instanceof CardSource.Manual) {
      return new FileList(0, List.of());
    }
    List<RemoteFile> files = Listings.of(card, web, options.mostFiles());
    return new FileList(files.size(), Selection.of(card, options, files));
  }

  /**
   * Downloads what is not there yet.
   *
   * @param acceptance the user's word on the licence
   * @param files what {@link #list} gave
   * @param listener who watches
   * @return what is there now
   * @throws UsageException if the licence was not accepted, or a file of another content is in the
   *     way
   * @throws InputException if a file is not what its publisher promised
   * @throws org.efferent.core.StreamException if the publisher cannot be reached or refuses
   * @throws UnavailableException if there is no room, or the user has to download by hand
   */
  public FetchResult download(LicenceAcceptance acceptance, FileList files, FetchListener listener)
      throws InterruptedException {
    if (!acceptance.covers(card)) {
      throw new UsageException(
          "%s: its licence must be accepted, %s; accepted was that of %s, %s"
              .formatted(
                  card.id(), card.licence().name(), acceptance.dataset(), acceptance.licence()));
    }
    Provenance provenance = Provenance.in(folder, card);
    List<FetchedFile> done = new ArrayList<>();
    FetchCounters counters = FetchCounters.NONE;
    try {
      if (card.source() instanceof CardSource.Manual manual) {
        done.addAll(HandDownload.find(card, manual, folder));
      } else {
        List<RemoteFile> missing = new ArrayList<>();
        for (RemoteFile file : files.selected()) {
          Optional<FetchedFile> there = there(file, provenance, listener);
          there.ifPresentOrElse(done::add, () -> missing.add(file));
          there.ifPresent(listener::done);
        }
        lookForRoom(files, missing);
        for (RemoteFile file : missing) {
          FileDownload download =
              new FileDownload(
                  web, environment, listener, options.mostFileBytes(), file, place(file));
          FetchedFile fetched = download.run();
          counters = counters.plus(download.counters());
          done.add(fetched);
          listener.done(fetched);
        }
      }
      unpack(done);
    } finally {
      if (!done.isEmpty()) {
        provenance.write(acceptance, done, environment.calendar().instant());
      }
    }
    return new FetchResult(folder, done, counters, provenance.file());
  }

  private Path place(RemoteFile file) {
    return RemotePath.resolve(folder, file.path(), "the listing at " + card.source().host());
  }

  /** A file that is there already and is the right one. */
  private Optional<FetchedFile> there(
      RemoteFile file, Provenance provenance, FetchListener listener) throws InterruptedException {
    Path place = place(file);
    if (!Files.exists(place)) {
      return Optional.empty();
    }
    if (listener.cancelled()) {
      throw new InterruptedException("stopped by the user");
    }
    try {
      if (Files.isRegularFile(place) && (file.bytes() < 0 || Files.size(place) == file.bytes())) {
        Digests digests = Digests.of(place, file.checksum().map(Checksum::algorithm));
        boolean known =
            file.checksum().isPresent()
                ? digests.matches(file.checksum())
                : provenance.sha256(file).map(digests.sha256()::equals).orElse(file.bytes() >= 0);
        if (known) {
          return Optional.of(
              new FetchedFile(
                  file, Files.size(place), digests.sha256(), FetchedFile.Presence.THERE, 0));
        }
      }
    } catch (IOException e) {
      throw new UsageException(place + ": could not be read: " + e.getMessage(), e);
    }
    if (options.overwrite() && Files.isRegularFile(place)) {
      return Optional.empty();
    }
    throw new UsageException(
        "%s: is there already with another content than the publisher's; move it away, or give --force to replace it"
            .formatted(place));
  }

  private void lookForRoom(FileList files, List<RemoteFile> missing) {
    long known = missing.stream().mapToLong(RemoteFile::knownBytes).sum();
    boolean everything =
        files.selected().size() == files.all() && missing.size() == files.all() && known == 0;
    Room.check(
        environment.freeSpace(), folder, everything ? Math.max(0, card.size().bytes()) : known);
  }

  private void unpack(List<FetchedFile> done) throws InterruptedException {
    if (!options.unpack()) {
      return;
    }
    for (int i = 0; i < done.size(); i++) {
      FetchedFile fetched = done.get(i);
      if (Archives.isArchive(fetched.file().path())) {
        int files =
            new Archives(options.overwrite(), options.mostFiles(), environment.freeSpace())
                .unpack(place(fetched.file()));
        done.set(i, fetched.withUnpacked(files));
      }
    }
  }
}
