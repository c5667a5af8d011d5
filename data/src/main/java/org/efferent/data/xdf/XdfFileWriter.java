package org.efferent.data.xdf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.efferent.core.UsageException;

/**
 * Writes an XDF 1.0 recording as LabRecorder does, chunk by chunk, so that whatever was flushed can
 * be read even if the end never comes. Any thread may write; a chunk goes out whole.
 *
 * <p>Layout after the specification of XDF 1.0 (sccn/xdf, rev. 2023-03-25) and LabRecorder's {@code
 * xdfwriter}: a chunk is {@code [NumLengthBytes][Length][Tag][content]}, little-endian, its length
 * in one byte below 256, else in four, else in eight.
 */
public final class XdfFileWriter implements AutoCloseable {
  private static final byte[] MAGIC = "XDF:".getBytes(StandardCharsets.US_ASCII);
  private static final int FILE_HEADER = 1;
  private static final int STREAM_HEADER = 2;
  private static final int SAMPLES = 3;
  private static final int CLOCK_OFFSET = 4;
  private static final int BOUNDARY = 5;
  private static final int STREAM_FOOTER = 6;
  private static final long UUID_HIGH = 0x43A546DCCBF5410FL;
  private static final long UUID_LOW = 0xB30ED5467383CBE4L;
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
  private int streams;
  private long bytes;
  private boolean closed;

  /**
   * Creates a file with its header, which says when that was.
   *
   * @param file where; the folders above it are made
   * @param overwrite whether a file that is already there may be replaced
   * @throws UsageException if it exists and may not be replaced, or cannot be written
   */
  public XdfFileWriter(Path file, boolean overwrite) {
    this(file, overwrite, fileHeader(Clock.systemUTC()));
  }

  /** A file with a header of a given text. */
  XdfFileWriter(Path file, boolean overwrite, String fileHeader) {
    this.file = file;
    this.channel = open(file, overwrite);
    try {
      append(MAGIC, 0, MAGIC.length);
      byte[] xml = fileHeader.getBytes(StandardCharsets.UTF_8);
      begin(FILE_HEADER, xml.length);
      append(xml, 0, xml.length);
      flush();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static FileChannel open(Path file, boolean overwrite) {
    if (Files.isDirectory(file)) {
      throw new UsageException(file + ": is a directory; name a file in it");
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      return overwrite
          ? FileChannel.open(
              file,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING)
          : FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(
          file + ": exists already; choose another name, or allow it to be overwritten", e);
    } catch (IOException e) {
      throw new UsageException(
          file + ": could not be written: " + e.getMessage() + "; choose another place", e);
    }
  }

  private static String fileHeader(Clock clock) {
    DateTimeFormatter iso = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx", Locale.ROOT);
    return "<?xml version=\"1.0\"?>\n<info>\n  <version>1.0</version>\n  <datetime>"
        + OffsetDateTime.now(clock).truncatedTo(ChronoUnit.SECONDS).format(iso)
        + "</datetime>\n</info>";
  }

  /**
   * Adds a stream: writes its header at once.
   *
   * @param headerXml the stream's LSL description ({@code fullinfo}), an {@code info} element
   * @param format what its values are
   * @param channels values a sample, not negative
   * @param nominalRateHz nominal rate in hertz; 0 where samples come irregularly
   * @return where its samples go
   * @throws UsageException if the file refuses to be written
   */
  public XdfStreamWriter addStream(
      String headerXml, ChannelFormat format, int channels, double nominalRateHz) {
    synchronized (this) {
      return addStream(++streams, headerXml, format, channels, nominalRateHz);
    }
  }

  /** A stream of a given id. */
  XdfStreamWriter addStream(
      int id, String headerXml, ChannelFormat format, int channels, double nominalRateHz) {
    XdfStreamWriter stream = new XdfStreamWriter(this, id, format, channels, nominalRateHz);
    text(STREAM_HEADER, id, headerXml);
    return stream;
  }

  /** Writes a mark that readers find again behind damage; LabRecorder does so every ten seconds. */
  public synchronized void boundary() {
    begin(BOUNDARY, 16);
    ByteBuffer uuid = ByteBuffer.allocate(16).putLong(UUID_HIGH).putLong(UUID_LOW);
    append(uuid.array(), 0, 16);
  }

  synchronized void samples(int id, long count, byte[] samples, int length) {
    begin(SAMPLES, 4 + 1 + 4 + (long) length);
    room(9);
    buffer.putInt(id).put((byte) 4).putInt((int) count);
    append(samples, 0, length);
  }

  synchronized void clockOffset(int id, double time, double offset) {
    begin(CLOCK_OFFSET, 20);
    room(20);
    buffer.putInt(id).putDouble(time).putDouble(offset);
  }

  void footer(int id, String xml) {
    text(STREAM_FOOTER, id, xml);
  }

  private synchronized void text(int tag, int id, String xml) {
    byte[] content = xml.getBytes(StandardCharsets.UTF_8);
    begin(tag, 4 + (long) content.length);
    room(4);
    buffer.putInt(id);
    append(content, 0, content.length);
  }

  private void begin(int tag, long content) {
    if (closed) {
      throw new IllegalStateException(file + ": is closed");
    }
    room(16);
    long length = 2 + content;
    if (length < 256) {
      buffer.put((byte) 1).put((byte) length);
    } else if (length <= 0xFFFF_FFFFL) {
      buffer.put((byte) 4).putInt((int) length);
    } else {
      buffer.put((byte) 8).putLong(length);
    }
    buffer.putShort((short) tag);
  }

  private void room(int n) {
    if (buffer.remaining() < n) {
      drain();
    }
  }

  private void append(byte[] source, int from, int n) {
    int at = from;
    int left = n;
    while (left > 0) {
      room(1);
      int some = Math.min(left, buffer.remaining());
      buffer.put(source, at, some);
      at += some;
      left -= some;
    }
  }

  private void drain() {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        bytes += channel.write(buffer);
      }
    } catch (IOException e) {
      throw failed(e);
    } finally {
      buffer.clear();
    }
  }

  private UsageException failed(IOException e) {
    return new UsageException(
        "%s: could not be written: %s; what was written until then, %d bytes, is kept; make room or choose another place"
            .formatted(file, e.getMessage(), bytes),
        e);
  }

  /**
   * Brings what was written to the disk, so that neither a kill nor a power cut takes it away.
   *
   * @throws UsageException if the disk is full or gone; what was flushed before stays
   */
  public synchronized void flush() {
    drain();
    try {
      channel.force(false);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Where it is written. */
  public Path file() {
    return file;
  }

  /** Bytes that the file has; what waits for {@link #flush} not counted. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Writes what waits and closes the file; may be called twice. Footers are the streams' own. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (channel) {
      drain();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
