package org.efferent.viz.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/**
 * Who may look. A browser sends what it has to any page that asks, so that a token alone does not
 * do: the host must be this one by name (a page elsewhere may point a name of its own to
 * 127.0.0.1), and a socket must be opened by a page of this very server.
 */
final class WebAccess {
  private static final int TOKEN_BYTES = 32;
  private static final Set<String> HERE = Set.of("127.0.0.1", "localhost");

  private final byte[] token;
  private final String words;

  /** A new token of 256 bits. */
  WebAccess(SecureRandom random) {
    byte[] bits = new byte[TOKEN_BYTES];
    random.nextBytes(bits);
    words = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    token = words.getBytes(StandardCharsets.US_ASCII);
  }

  /** The token as it stands in an address, 43 characters. */
  String token() {
    return words;
  }

  /** Whether this is the token; takes equally long wherever the first difference is. */
  boolean allows(String given) {
    return given != null
        && MessageDigest.isEqual(token, given.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Whether a header {@code Host} names this host. Any port will do: a tunnel from another machine
   * has one of its own.
   */
  static boolean here(String host) {
    if (host == null) {
      return false;
    }
    int colon = host.lastIndexOf(':');
    String name = colon < 0 ? host : host.substring(0, colon);
    return HERE.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether a socket's header {@code Origin} is the page of the same {@code Host}. */
  static boolean ownPage(String origin, String host) {
    return origin == null || origin.equalsIgnoreCase("http://" + host);
  }
}
