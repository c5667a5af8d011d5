package org.efferent.data.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Files of the Open Science Framework's storage (<a href="https://developer.osf.io">OSF API 2</a>):
 * folders are pages of their own, pages name the next, files come with size, SHA-256 and MD5.
 */
final class OsfListing {
  private static final String ACCEPT = "application/vnd.api+json";

  private final CardSource.Osf source;
  private final Web web;
  private final Listings.Collector files;

  OsfListing(CardSource.Osf source, Web web, Listings.Collector files) {
    this.source = source;
    this.web = web;
    this.files = files;
  }

  void list() throws InterruptedException {
    for (String node : source.nodes()) {
      walk(
          URI.create(
              source.api()
                  + "/nodes/"
                  + Addresses.encode(node)
                  + "/files/osfstorage/?page%5Bsize%5D=100"));
    }
  }

  private void walk(URI first) throws InterruptedException {
    Deque<URI> open = new ArrayDeque<>();
    Set<URI> seen = new HashSet<>();
    open.add(first);
    while (!open.isEmpty()) {
      URI address = open.remove();
      if (!seen.add(address)) {
        continue;
      }
      if (seen.size() > Listings.MOST_PAGES) {
        throw Listings.odd(first, "has more than " + Listings.MOST_PAGES + " pages");
      }
      JsonNode page =
          Json.parse(
              web.listing(address, ACCEPT, Listings.MOST_PAGE_BYTES).text(),
              "the listing at " + Web.shown(address));
      if (!page.path("data").isArray()) {
        throw Listings.odd(address, "has no list \"data\"");
      }
      for (JsonNode entry : page.path("data")) {
        entry(entry, address, open);
      }
      String next = page.path("links").path("next").asText("");
      if (!next.isEmpty() && !next.equals("null")) {
        open.addFirst(Listings.next(address, next));
      }
    }
  }

  private void entry(JsonNode entry, URI page, Deque<URI> open) {
    JsonNode attributes = entry.path("attributes");
    String kind = attributes.path("kind").asText();
    if (kind.equals("folder")) {
      JsonNode related = entry.path("relationships").path("files").path("links").path("related");
      String address = related.isTextual() ? related.asText() : related.path("href").asText();
      if (address.isEmpty()) {
        throw Listings.odd(page, "has a folder without an address");
      }
      open.add(Listings.next(page, address));
    } else if (kind.equals("file")) {
      files.add(file(entry, attributes, page));
    }
  }

  private static RemoteFile file(JsonNode entry, JsonNode attributes, URI page) {
    String path = attributes.path("materialized_path").asText();
    path = path.startsWith("/") ? path.substring(1) : path;
    String where = "the listing at " + Web.shown(page);
    RemotePath.check(path, where);
    JsonNode hashes = attributes.path("extra").path("hashes");
    Optional<Checksum> checksum = Optional.empty();
    if (hashes.hasNonNull("sha256")) {
      checksum =
          Optional.of(new Checksum(Checksum.Algorithm.SHA256, hashes.path("sha256").asText()));
    } else if (hashes.hasNonNull("md5")) {
      checksum = Optional.of(new Checksum(Checksum.Algorithm.MD5, hashes.path("md5").asText()));
    }
    return new RemoteFile(
        path,
        Addresses.parse(
            entry.path("links").path("download").asText(), where + ": download of " + path),
        attributes.path("size").canConvertToLong() && attributes.path("size").isIntegralNumber()
            ? attributes.path("size").longValue()
            : RemoteFile.UNKNOWN,
        checksum,
        checksum.isPresent() ? page.getHost() : "");
  }
}
