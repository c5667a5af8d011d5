package org.efferent.generation.remote;

import org.efferent.core.UsageException;

/** A token that a server knows its users by. It is never shown. */
public final class BearerToken {
  private final String value;

  /**
   * A token.
   *
   * @param value letters, digits and {@code - . _ ~ + / =}, as RFC 6750 has it
   * @throws UsageException if it is none
   */
  public BearerToken(String value) {
    if (!value.matches("[A-Za-z0-9._~+/-]+=*")) {
      throw new UsageException(
          "a bearer token has letters, digits and - . _ ~ + / = only (RFC 6750);"
              + " is there a line end or a blank in it? characters="
              + value.length());
    }
    this.value = value;
  }

  /** The header that carries it. */
  String header() {
    return "Bearer " + value;
  }

  /** A text of the server, which may repeat the token, without it. */
  String hiddenIn(String text) {
    return text.replace(value, "(the token)");
  }

  @Override
  public String toString() {
    return "a bearer token";
  }
}
