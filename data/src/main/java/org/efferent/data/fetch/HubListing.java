package org.efferent.data.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of a data set's or a model's repository on the Hugging Face hub (<a
 * href="https://huggingface.co/docs/hub/api">its API</a>): large files come with their SHA-256,
 * small ones with git's name of their content; a header names the next page.
 */
final class HubListing {
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

  private HubListing() {}

  static void list(CardSource.HuggingFace source, Web web, Listings.Collector files)
      throws InterruptedException {
    String repository = Addresses.encodePath(source.repository());
    String revision = Addresses.encode(source.revision());
    boolean model = source.type() == CardSource.HubType.MODEL;
    String api = source.hub() + (model ? "/api/models/" : "/api/datasets/");
    URI at = URI.create(api + repository + "/tree/" + revision + "?recursive=true");
    String home = source.hub() + (model ? "/" : "/datasets/");
    String folder = home + repository + "/resolve/" + revision + "/";
    for (int pages = 0; pages < Listings.MOST_PAGES; pages++) {
      Web.Listing page = web.listing(at, "application/json", Listings.MOST_PAGE_BYTES);
      String where = "the listing at " + Web.shown(at);
      JsonNode entries = Json.parse(page.text(), where);
      if (!entries.isArray()) {
        throw Listings.odd(at, "is not a list");
      }
      for (JsonNode entry : entries) {
        if (entry.path("type").asText().equals("file")) {
          String path = RemotePath.check(entry.path("path").asText(), where);
          files.add(file(entry, path, URI.create(folder + Addresses.encodePath(path)), at));
        }
      }
      Optional<String> next = next(page);
      if (next.isEmpty()) {
        return;
      }
      at = Listings.next(at, next.get());
    }
    throw Listings.odd(at, "has more than " + Listings.MOST_PAGES + " pages");
  }

  private static RemoteFile file(JsonNode entry, String path, URI address, URI page) {
    String large = entry.path("lfs").path("oid").asText("");
    String small = entry.path("oid").asText("");
    Optional<Checksum> checksum = Optional.empty();
    if (!large.isEmpty()) {
      String hex = large.startsWith("sha256:") ? large.substring("sha256:".length()) : large;
      checksum = Optional.of(new Checksum(Checksum.Algorithm.SHA256, hex));
    } else if (!small.isEmpty()) {
      checksum = Optional.of(new Checksum(Checksum.Algorithm.GIT_BLOB, small));
    }
    return new RemoteFile(
        path,
        address,
        entry.path("size").isIntegralNumber() ? entry.path("size").asLong() : RemoteFile.UNKNOWN,
        checksum,
        checksum.isPresent() ? page.getHost() : "");
  }

  private static Optional<String> next(Web.Listing page) {
    for (String link : page.headers().allValues("Link")) {
      Matcher matcher = NEXT.matcher(link);
      if (matcher.find()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }
}
