package org.efferent.data.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Files of the newest version of a Dryad data set (<a href="https://datadryad.org/api">API 2</a>).
 * The listing is open to everybody; the files themselves want a token.
 */
final class DryadListing {
  private static final String JSON = "application/json";

  private DryadListing() {}

  static void list(CardSource.Dryad source, Web web, Listings.Collector files)
      throws InterruptedException {
    URI dataset = URI.create(source.api() + "/datasets/" + Addresses.encode("doi:" + source.doi()));
    String version = link(page(dataset, web), "stash:version");
    if (version.isEmpty()) {
      throw Listings.odd(dataset, "names no version");
    }
    URI at = URI.create(Listings.next(dataset, version) + "/files?per_page=100");
    for (int pages = 0; pages < Listings.MOST_PAGES; pages++) {
      JsonNode page = page(at, web);
      JsonNode entries = page.path("_embedded").path("stash:files");
      if (!entries.isArray()) {
        throw Listings.odd(at, "has no list of files");
      }
      for (JsonNode entry : entries) {
        files.add(file(entry, at));
      }
      String next = link(page, "next");
      if (next.isEmpty()) {
        return;
      }
      at = Listings.next(at, next);
    }
    throw Listings.odd(at, "has more than " + Listings.MOST_PAGES + " pages");
  }

  private static JsonNode page(URI address, Web web) throws InterruptedException {
    return Json.parse(
        web.listing(address, JSON, Listings.MOST_PAGE_BYTES).text(),
        "the listing at " + Web.shown(address));
  }

  private static String link(JsonNode node, String name) {
    return node.path("_links").path(name).path("href").asText("");
  }

  private static RemoteFile file(JsonNode entry, URI page) {
    String path = entry.path("path").asText();
    RemotePath.check(path, "the listing at " + Web.shown(page));
    String download = link(entry, "stash:download");
    if (download.isEmpty() && !link(entry, "self").isEmpty()) {
      download = link(entry, "self") + "/download";
    }
    if (download.isEmpty()) {
      throw Listings.odd(page, "has no address for \"" + Shown.of(path) + "\"");
    }
    Optional<Checksum> checksum = checksum(entry);
    return new RemoteFile(
        path,
        Listings.next(page, download),
        entry.path("size").isIntegralNumber() ? entry.path("size").asLong() : RemoteFile.UNKNOWN,
        checksum,
        checksum.isPresent() ? page.getHost() : "");
  }

  private static Optional<Checksum> checksum(JsonNode entry) {
    String digest = entry.path("digest").asText("");
    String type =
        entry.path("digestType").asText("").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (digest.isEmpty()) {
      return Optional.empty();
    }
    return switch (type) {
      case "sha256" -> Optional.of(new Checksum(Checksum.Algorithm.SHA256, digest));
      case "md5" -> Optional.of(new Checksum(Checksum.Algorithm.MD5, digest));
      default -> Optional.empty();
    };
  }
}
