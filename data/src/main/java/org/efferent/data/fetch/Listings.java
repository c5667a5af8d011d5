package org.efferent.data.fetch;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efferent.core.InputException;

/** Asks a publisher which files there are, and holds the answer against the card. */
final class Listings {
  /** Most bytes of one page of a listing, or of a list of sums. */
  static final int MOST_PAGE_BYTES = 64 << 20;

  /** Most pages of one listing. */
  static final int MOST_PAGES = 100_000;

  private Listings() {}

  /**
   * All files of a data set.
   *
   * @param card the card
   * @param web how to ask
   * @param mostFiles more files than this are refused
   * @return the files, in the publisher's order; empty where the user has to download by hand
   */
  static List<RemoteFile> of(DatasetCard card, Web web, int mostFiles) throws InterruptedException {
    Collector files = new Collector(mostFiles);
    CardSource source = card.source();
    if (source instanceof CardSource.Files) {
      for (DatasetCard.CardFile file : card.files()) {
        files.add(
            new RemoteFile(
                file.path(),
                file.address().orElseThrow(),
                file.bytes(),
                file.checksum(),
                file.checksum().isPresent() ? "the card" : ""));
      }
      return files.list();
    } else if (source instanceof CardSource.Sums sums) {
      SumsListing.list(sums, web, files);
    } else if (source instanceof CardSource.Osf osf) {
      new OsfListing(osf, web, files).list();
    } else if (source instanceof CardSource.S3 s3) {
      S3Listing.list(s3, web, files);
    } else if (source instanceof CardSource.Dryad dryad) {
      DryadListing.list(dryad, web, files);
    } else if (source instanceof CardSource.HuggingFace hub) {
      HubListing.list(hub, web, files);
    }
    return held(card, files.list());
  }

  /** The listing, held against what the card vouches for. */
  private static List<RemoteFile> held(DatasetCard card, List<RemoteFile> files) {
    Map<String, DatasetCard.CardFile> known = new LinkedHashMap<>();
    card.files().forEach(file -> known.put(file.path(), file));
    List<RemoteFile> held = new ArrayList<>();
    for (RemoteFile file : files) {
      DatasetCard.CardFile vouched = known.get(file.path());
      held.add(vouched == null ? file : held(file, vouched));
    }
    return held;
  }

  private static RemoteFile held(RemoteFile file, DatasetCard.CardFile vouched) {
    Optional<Checksum> own = vouched.checksum();
    Optional<Checksum> theirs = file.checksum();
    boolean comparable =
        own.isPresent() && theirs.isPresent() && own.get().algorithm() == theirs.get().algorithm();
    if (comparable && !own.equals(theirs)) {
      throw new InputException(
          "%s: the publisher's list says %s %s, the card says %s; the file was changed, or somebody meddles with it: nothing was downloaded, look at the publisher's page"
              .formatted(
                  file.path(), own.get().algorithm().label(), theirs.get().hex(), own.get().hex()));
    }
    boolean fromCard = own.isPresent() && (theirs.isEmpty() || !comparable);
    return new RemoteFile(
        file.path(),
        file.address(),
        file.bytes() >= 0 ? file.bytes() : vouched.bytes(),
        fromCard ? own : theirs,
        fromCard ? "the card" : file.checksumFrom());
  }

  /** Gathers the files of a listing; of two with one name the first is kept. */
  static final class Collector {
    private final Map<String, RemoteFile> files = new LinkedHashMap<>();
    private final int most;

    Collector(int most) {
      this.most = most;
    }

    void add(RemoteFile file) {
      files.putIfAbsent(file.path(), file);
      if (files.size() > most) {
        throw new InputException(
            "the listing at %s has more than %d files; nothing was downloaded, a narrower card is needed"
                .formatted(file.address().getHost(), most));
      }
    }

    List<RemoteFile> list() {
      return List.copyOf(files.values());
    }
  }

  /**
   * The next page of a listing, which must lie on the same server.
   *
   * @param from the page that names it
   * @param next its address, absolute or relative
   * @return the address
   */
  static URI next(URI from, String next) {
    Optional<URI> address = Addresses.redirect(from, next);
    if (address.isEmpty() || !Addresses.sameOrigin(from, address.get())) {
      throw new InputException(
          "the listing at %s goes on at another server, \"%s\"; nothing was downloaded, tell the publisher"
              .formatted(Web.shown(from), Shown.of(next)));
    }
    return address.get();
  }

  /** The error for a listing that is not what it should be. */
  static InputException odd(URI address, String what) {
    return new InputException(
        "the listing at %s %s; the publisher may have changed its pages: look for a newer Efferent"
            .formatted(Web.shown(address), what));
  }
}
