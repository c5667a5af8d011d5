package org.efferent.data.fetch;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list of SHA-256 sums as {@code sha256sum} writes it: sum, space, space or star, name. */
final class SumsListing {
  private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64}) [ *](.+)");

  private SumsListing() {}

  static void list(CardSource.Sums source, Web web, Listings.Collector files)
      throws InterruptedException {
    URI address = source.base().resolve(Addresses.encodePath(source.list()));
    String text = web.listing(address, "text/plain", Listings.MOST_PAGE_BYTES).text();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw Listings.odd(
            address,
            "has no sum and name in line %d: \"%s\"".formatted(number, Shown.of(line.strip())));
      }
      String path =
          matcher.group(2).startsWith("./") ? matcher.group(2).substring(2) : matcher.group(2);
      RemotePath.check(path, source.list());
      files.add(
          new RemoteFile(
              path,
              source.base().resolve(Addresses.encodePath(path)),
              RemoteFile.UNKNOWN,
              Optional.of(new Checksum(Checksum.Algorithm.SHA256, matcher.group(1))),
              source.list()));
    }
  }
}
