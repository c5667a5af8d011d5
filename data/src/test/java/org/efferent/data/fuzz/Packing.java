package org.efferent.data.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What wraps a payload into a file, so that damage reaches what is inside and the wrapping is
 * sound.
 */
@FunctionalInterface
public interface Packing {
  /** The payload is the file. */
  Packing NONE = payload -> payload;

  /** A gzip file. */
  Packing GZIP =
      payload -> written(out -> new GZIPOutputStream(out, 1 << 13), out -> out.write(payload));

  /** The file of a payload. */
  byte[] pack(byte[] payload);

  /** The zlib stream of some bytes. */
  static byte[] deflated(byte[] bytes, int level) {
    Deflater deflater = new Deflater(level);
    try {
      return written(o -> new DeflaterOutputStream(o, deflater), out -> out.write(bytes));
    } finally {
      deflater.end();
    }
  }

  /**
   * A ZIP archive of one member and a sound one after it.
   *
   * @param member its name
   * @param method of {@link ZipEntry}
   * @param other the sound one's name
   * @param sound its content
   */
  static Packing zip(String member, int method, String other, byte[] sound) {
    return payload ->
        written(
            ZipOutputStream::new,
            out -> {
              ZipOutputStream zip = (ZipOutputStream) out;
              entry(zip, member, method, payload);
              entry(zip, other, method, sound);
            });
  }

  private static void entry(ZipOutputStream zip, String name, int method, byte[] content)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(method);
    if (method == ZipEntry.STORED) {
      java.util.zip.CRC32 crc = new java.util.zip.CRC32();
      crc.update(content);
      entry.setSize(content.length);
      entry.setCompressedSize(content.length);
      entry.setCrc(crc.getValue());
    }
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** A stream around another. */
  @FunctionalInterface
  interface Wrapping {
    /** The stream. */
    OutputStream around(OutputStream out) throws IOException;
  }

  /** What is written. */
  @FunctionalInterface
  interface Content {
    /** Writes it. */
    void to(OutputStream out) throws IOException;
  }

  private static byte[] written(Wrapping wrapping, Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = wrapping.around(bytes)) {
      content.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
