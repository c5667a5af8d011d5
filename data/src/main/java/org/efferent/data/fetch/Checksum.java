package org.efferent.data.fetch;

import java.util.Locale;
import java.util.regex.Pattern;
import org.efferent.core.InputException;

/**
 * What the content of a file adds up to.
 *
 * @param algorithm how it is computed
 * @param hex lower-case hexadecimal digits, as many as the algorithm gives
 */
public record Checksum(Algorithm algorithm, String hex) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

  /** How publishers compute them. */
  public enum Algorithm {
    /** SHA-256 (FIPS 180-4) of the content. */
    SHA256("SHA-256", "SHA-256", 64),
    /** MD5 (RFC 1321) of the content: finds damage, not forgery. */
    MD5("MD5", "MD5", 32),
    /** SHA-1 of {@code blob SIZE\0} and the content: the name that git gives a file. */
    GIT_BLOB("git blob", "SHA-1", 40);

    private final String label;
    private final String digest;
    private final int digits;

    Algorithm(String label, String digest, int digits) {
      this.label = label;
      this.digest = digest;
      this.digits = digits;
    }

    /** Its name for people. */
    public String label() {
      return label;
    }

    /** The name by which Java knows the digest. */
    String digest() {
      return digest;
    }

    /** Hexadecimal digits of a result. */
    public int digits() {
      return digits;
    }
  }

  /**
   * Checks the digits.
   *
   * @throws InputException if they are not those of the algorithm
   */
  public Checksum {
    hex = hex.toLowerCase(Locale.ROOT);
    if (hex.length() != algorithm.digits || !HEX.matcher(hex).matches()) {
      throw new InputException(
          "a checksum of %s has %d hexadecimal digits; checksum=\"%s\""
              .formatted(algorithm.label, algorithm.digits, Shown.of(hex)));
    }
  }
}
