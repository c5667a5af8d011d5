package org.efferent.data.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.efferent.core.InputException;

/**
 * Addresses that this program may ask: {@code https}, and {@code http} on this machine's own
 * loopback, where nobody else listens.
 */
final class Addresses {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private Addresses() {}

  /**
   * Reads an address.
   *
   * @param text the address
   * @param where what it stands in, for the error
   * @return the address
   * @throws InputException if it is none, or neither https nor loopback
   */
  static URI parse(String text, String where) {
    try {
      URI address = new URI(text);
      if (allowed(address)) {
        return address;
      }
    } catch (URISyntaxException e) {
      throw new InputException(
          "%s must be an address that begins with https://; address=\"%s\""
              .formatted(where, Shown.of(text)),
          e);
    }
    throw new InputException(
        "%s must be an address that begins with https://; address=\"%s\""
            .formatted(where, Shown.of(text)));
  }

  private static boolean allowed(URI address) {
    if (address.getHost() == null || address.getRawUserInfo() != null) {
      return false;
    }
    boolean loopback = LOOPBACK.contains(address.getHost().toLowerCase(Locale.ROOT));
    return scheme(address).equals("https") || (scheme(address).equals("http") && loopback);
  }

  private static String scheme(URI address) {
    return address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
  }

  /**
   * Where a redirect leads; never from https to something that others can read or change.
   *
   * @param from the address that was asked
   * @param location what it answered
   * @return the next address; empty if it must not be followed
   */
  static Optional<URI> redirect(URI from, String location) {
    try {
      URI next = from.resolve(new URI(location));
      boolean downgrade = scheme(from).equals("https") && !scheme(next).equals("https");
      return allowed(next) && !downgrade ? Optional.of(next) : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether two addresses belong to the same server: scheme, host and port. */
  static boolean sameOrigin(URI a, URI b) {
    return scheme(a).equals(scheme(b))
        && a.getHost() != null
        && a.getHost().equalsIgnoreCase(b.getHost())
        && port(a) == port(b);
  }

  private static int port(URI address) {
    return address.getPort() >= 0 ? address.getPort() : scheme(address).equals("https") ? 443 : 80;
  }

  /** A path with everything escaped but its slashes (RFC 3986, section 2). */
  static String encodePath(String path) {
    return encode(path, "/");
  }

  /** A value in a query, everything escaped. */
  static String encode(String value) {
    return encode(value, "");
  }

  private static String encode(String text, String kept) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (UNRESERVED.indexOf(c) >= 0 || kept.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
      }
    }
    return out.toString();
  }
}
