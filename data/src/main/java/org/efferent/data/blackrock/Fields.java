package org.efferent.data.blackrock;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Optional;

/** Values of headers. */
final class Fields {
  private Fields() {}

  /** A text up to its first zero. */
  static String text(ByteBuffer b, int at, int bytes) {
    return text(b, at, bytes, StandardCharsets.ISO_8859_1);
  }

  static String text(ByteBuffer b, int at, int bytes, Charset charset) {
    byte[] all = new byte[bytes];
    b.get(at, all);
    String text = new String(all, charset);
    int end = text.indexOf('\0');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }

  static int u16(ByteBuffer b, int at) {
    return b.getShort(at) & 0xFFFF;
  }

  static long u32(ByteBuffer b, int at) {
    return b.getInt(at) & 0xFFFF_FFFFL;
  }

  /** A count of ticks: 32 bits without sign, or 64, of which no recording needs the last one. */
  static long ticks(ByteBuffer b, int at, boolean wide) {
    return wide ? b.getLong(at) : u32(b, at);
  }

  /** Eight numbers: year, month, day of the week, day, hour, minute, second, millisecond; UTC. */
  static Optional<LocalDateTime> time(ByteBuffer b, int at) {
    try {
      return Optional.of(
          LocalDateTime.of(
              u16(b, at),
              u16(b, at + 2),
              u16(b, at + 6),
              u16(b, at + 8),
              u16(b, at + 10),
              u16(b, at + 12),
              u16(b, at + 14) * 1_000_000));
    } catch (DateTimeException e) {
      // Programs that do not know it leave zeros.
      return Optional.empty();
    }
  }
}
