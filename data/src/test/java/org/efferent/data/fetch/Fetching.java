package org.efferent.data.fetch;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.efferent.core.LocalClock;

/** What tests of fetching share: a card, a machine whose pauses take no time, a day. */
final class Fetching {
  static final Instant DAY = Instant.parse("2026-11-26T10:00:00Z");

  final List<Duration> pauses = new ArrayList<>();
  final List<String> remarks = new ArrayList<>();
  final Map<String, String> variables = new HashMap<>();
  FetchOptions options = FetchOptions.DEFAULTS;
  FreeSpace freeSpace = folder -> Long.MAX_VALUE;
  FetchListener listener =
      new FetchListener() {
        @Override
        public void remark(String text) {
          remarks.add(text);
        }
      };

  FetchEnvironment environment() {
    return new FetchEnvironment(
        LocalClock.SYSTEM, Clock.fixed(DAY, ZoneOffset.UTC), pauses::add, freeSpace, variables);
  }

  DatasetFetch of(DatasetCard card, Path folder) {
    return new DatasetFetch(card, folder, options, environment());
  }

  FetchResult fetch(DatasetCard card, Path folder) throws InterruptedException {
    DatasetFetch fetch = of(card, folder);
    return fetch.download(LicenceAcceptance.of(card, DAY), fetch.list(), listener);
  }

  /** A card with a source and, perhaps, files. */
  static DatasetCard card(String source, String more) {
    String text =
        """
        {"format": "efferent-dataset-card/1", "id": "toy", "title": "A toy", "description": "Made up.",
         "publisher": "A test", "page": "https://example.org/toy",
         "licence": {"name": "Toy licence 1.0", "address": "https://example.org/licence", "asks": "Nothing."},
         "citation": ["Nobody (2026). Nothing."],
         "size": {"bytes": null, "verified": false, "note": "unknown"},
         "contents": "files", "use": "tests", "checksums": "as the test says", "addressesVerified": false,
         "source": %s%s}
        """
            .formatted(source, more.isEmpty() ? "" : ", " + more);
    return CardReader.read(text, "toy.json");
  }

  /** A card that names its files itself. */
  static DatasetCard files(String... files) {
    return card("{\"kind\": \"files\"}", "\"files\": [" + String.join(", ", files) + "]");
  }

  static String file(String path, Object address, String more) {
    return "{\"path\": \"%s\", \"address\": \"%s\", \"verified\": true%s}"
        .formatted(path, address, more.isEmpty() ? "" : ", " + more);
  }

  static String sha256(byte[] content) {
    return digest("SHA-256", content);
  }

  static String digest(String algorithm, byte[] content) {
    try {
      return HexFormat.of()
          .formatHex(java.security.MessageDigest.getInstance(algorithm).digest(content));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
