package org.efferent.data.xdf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes small recordings for tests, sound ones and others. */
public final class XdfWriter {
  private static final int[] UUID = {
    0x43, 0xA5, 0x46, 0xDC, 0xCB, 0xF5, 0x41, 0x0F, 0xB3, 0x0E, 0xD5, 0x46, 0x73, 0x83, 0xCB, 0xE4
  };

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A file with its magic and header. */
  public static XdfWriter begin() {
    XdfWriter writer = new XdfWriter().raw("XDF:".getBytes(StandardCharsets.UTF_8));
    return writer.chunk(1, bytes("<?xml version=\"1.0\"?><info><version>1.0</version></info>"));
  }

  /** Bytes as they are. */
  public XdfWriter raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** A chunk of any tag, its length in as few bytes as possible. */
  public XdfWriter chunk(int tag, byte[] content) {
    return chunk(tag, content, content.length + 2 < 256 ? 1 : 4);
  }

  /** A chunk of any tag with its length in 1, 4 or 8 bytes. */
  public XdfWriter chunk(int tag, byte[] content, int width) {
    varlen(out, width, content.length + 2);
    return raw(le(2).putShort((short) tag).array()).raw(content);
  }

  /** A StreamHeader. */
  public XdfWriter header(int id, int channels, double rate, String format, String more) {
    String xml =
        "<?xml version=\"1.0\"?><info><name>s"
            + id
            + "</name><type>EEG</type><channel_count>"
            + channels
            + "</channel_count><nominal_srate>"
            + rate
            + "</nominal_srate><channel_format>"
            + format
            + "</channel_format>"
            + more
            + "</info>";
    return chunk(2, join(id(id), bytes(xml)));
  }

  /** A Samples chunk from encoded samples. */
  public XdfWriter samples(int id, byte[]... samples) {
    return samples(4, id, samples);
  }

  /** A Samples chunk whose number of samples takes 1, 4 or 8 bytes. */
  public XdfWriter samples(int width, int id, byte[]... samples) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(id(id));
    varlen(content, width, samples.length);
    for (byte[] sample : samples) {
      content.writeBytes(sample);
    }
    return chunk(3, content.toByteArray());
  }

  /** A ClockOffset chunk. */
  public XdfWriter offset(int id, double time, double value) {
    return chunk(4, join(id(id), le(16).putDouble(time).putDouble(value).array()));
  }

  /** A Boundary chunk. */
  public XdfWriter boundary() {
    return chunk(5, uuid());
  }

  /** A StreamFooter that claims some samples. */
  public XdfWriter footer(int id, long count) {
    String xml = "<info><sample_count>" + count + "</sample_count></info>";
    return chunk(6, join(id(id), bytes(xml)));
  }

  /** The file so far. */
  public byte[] bytes() {
    return out.toByteArray();
  }

  /** Length so far. */
  public int size() {
    return out.size();
  }

  /** A sample of int16 values; no stamp if it is NaN. */
  public static byte[] shorts(double stamp, int... values) {
    byte[] raw = new byte[values.length * 2];
    ByteBuffer buffer = ByteBuffer.wrap(raw).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      buffer.putShort((short) value);
    }
    return join(stamp(stamp), raw);
  }

  /** A sample of one text whose length takes 1, 4 or 8 bytes; no stamp if it is NaN. */
  public static byte[] text(double stamp, int width, String text) {
    byte[] raw = bytes(text);
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    sample.writeBytes(stamp(stamp));
    varlen(sample, width, raw.length);
    sample.writeBytes(raw);
    return sample.toByteArray();
  }

  /** The bytes before a sample's values. */
  public static byte[] stamp(double stamp) {
    return Double.isNaN(stamp)
        ? new byte[] {0}
        : join(new byte[] {8}, le(8).putDouble(stamp).array());
  }

  /** The UUID of boundaries. */
  public static byte[] uuid() {
    byte[] uuid = new byte[UUID.length];
    for (int i = 0; i < uuid.length; i++) {
      uuid[i] = (byte) UUID[i];
    }
    return uuid;
  }

  /** UTF-8. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** One after the other. */
  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** A little-endian buffer. */
  public static ByteBuffer le(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A stream id. */
  public static byte[] id(int id) {
    return le(4).putInt(id).array();
  }

  private static void varlen(ByteArrayOutputStream to, int width, long value) {
    byte[] all = le(8).putLong(value).array();
    to.write(width);
    to.write(all, 0, width);
  }
}
