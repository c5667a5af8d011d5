package org.efferent.cli.bench;

/** A peer could not do what it was asked; the message is its own. */
final class PeerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PeerException(String message) {
    super(message);
  }
}
