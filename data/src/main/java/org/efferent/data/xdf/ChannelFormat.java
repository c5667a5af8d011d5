package org.efferent.data.xdf;

/** What one channel's value is in the file: the seven of LSL. */
public enum ChannelFormat {
  /** IEEE 754 single. */
  FLOAT32("float32", 4),
  /** IEEE 754 double. */
  DOUBLE64("double64", 8),
  /** UTF-8 text. */
  STRING("string", 0),
  /** Signed, 32 bits. */
  INT32("int32", 4),
  /** Signed, 16 bits. */
  INT16("int16", 2),
  /** Signed, 8 bits. */
  INT8("int8", 1),
  /** Signed, 64 bits. */
  INT64("int64", 8);

  private final String token;
  private final int bytes;

  ChannelFormat(String token, int bytes) {
    this.token = token;
    this.bytes = bytes;
  }

  /** The word in a stream header. */
  public String token() {
    return token;
  }

  /** Bytes a value; 0 for text, whose length varies. */
  public int bytes() {
    return bytes;
  }
}
