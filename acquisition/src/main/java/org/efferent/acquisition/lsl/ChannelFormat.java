package org.efferent.acquisition.lsl;

import java.util.Locale;
import java.util.Optional;

/** How the values of a stream travel: the seven channel formats of LSL, with liblsl's numbers. */
public enum ChannelFormat {
  /** IEEE single precision. */
  FLOAT32(1, 4),
  /** IEEE double precision. */
  DOUBLE64(2, 8),
  /** Byte strings of any length, by convention UTF-8. */
  STRING(3, 0),
  /** 32-bit integers. */
  INT32(4, 4),
  /** 16-bit integers. */
  INT16(5, 2),
  /** 8-bit integers. */
  INT8(6, 1),
  /** 64-bit integers. */
  INT64(7, 8);

  private final int code;
  private final int bytes;

  ChannelFormat(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The number that liblsl's headers give it, 1 to 7. */
  public int code() {
    return code;
  }

  /** Bytes a value on the wire; 0 for {@link #STRING}. */
  public int bytes() {
    return bytes;
  }

  /** Whether its values are numbers. */
  public boolean isNumeric() {
    return this != STRING;
  }

  /** The word in the stream description: {@code float32}, {@code double64}, … */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of a word in a stream description.
   *
   * @param token the word
   * @return the format, empty if there is none of that name
   */
  public static Optional<ChannelFormat> ofToken(String token) {
    for (ChannelFormat format : values()) {
      if (format.token().equals(token)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
