package org.efferent.data.xdf;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Samples of one stream on their way into an XDF file. They are collected until {@link #write} puts
 * them into the file as one chunk. One thread adds and writes samples; {@link #clockOffset} may
 * come from another.
 *
 * <p>The first stamp of a chunk is always written; a later one is left out (TimeStampBytes 0) where
 * a reader finds exactly that stamp: the one before plus the nominal period.
 */
public final class XdfStreamWriter {
  private static final int FIRST_BYTES = 1 << 12;

  private final XdfFileWriter file;
  private final int id;
  private final ChannelFormat format;
  private final int channels;
  private final double period;
  private final StringBuilder offsets = new StringBuilder();
  private ByteBuffer pending = ByteBuffer.allocate(FIRST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long waiting;
  private long samples;
  private double firstStamp = Double.NaN;
  private double lastStamp = Double.NaN;

  XdfStreamWriter(
      XdfFileWriter file, int id, ChannelFormat format, int channels, double nominalRateHz) {
    if (channels < 0 || !(nominalRateHz >= 0)) {
      throw new IllegalArgumentException(
          "channels and nominalRateHz must not be negative; channels="
              + channels
              + ", nominalRateHz="
              + nominalRateHz);
    }
    this.file = file;
    this.id = id;
    this.format = format;
    this.channels = channels;
    this.period = nominalRateHz > 0 ? 1 / nominalRateHz : 0;
  }

  /** Number of the stream in the file. */
  public int id() {
    return id;
  }

  /** Samples added. */
  public long samples() {
    return samples;
  }

  /** Stamp of the first sample, seconds; NaN before it. */
  public double firstStamp() {
    return firstStamp;
  }

  /** Stamp of the last sample, seconds; NaN before the first. */
  public double lastStamp() {
    return lastStamp;
  }

  /**
   * Adds a sample of numbers; integers lose what lies behind the point and stop at their limits.
   *
   * @param stamp seconds on the stream's clock
   * @param values array that holds it
   * @param offset where in it the sample starts
   */
  public void add(double stamp, double[] values, int offset) {
    begin(stamp, channels * format.bytes(), true);
    for (int i = offset; i < offset + channels; i++) {
      switch (format) {
        case FLOAT32 -> pending.putFloat((float) values[i]);
        case DOUBLE64 -> pending.putDouble(values[i]);
        default -> integer((long) values[i]);
      }
    }
  }

  /**
   * Adds a sample of integers, exact where the format is int64.
   *
   * @param stamp seconds on the stream's clock
   * @param values {@code [channels]}
   */
  public void add(double stamp, long[] values) {
    begin(stamp, channels * format.bytes(), true);
    for (int i = 0; i < channels; i++) {
      switch (format) {
        case FLOAT32 -> pending.putFloat((float) values[i]);
        case DOUBLE64 -> pending.putDouble((double) values[i]);
        default -> integer(values[i]);
      }
    }
  }

  private void integer(long value) {
    switch (format) {
      case INT64 -> pending.putLong(value);
      case INT32 -> pending.putInt((int) limit(value, Integer.MAX_VALUE));
      case INT16 -> pending.putShort((short) limit(value, Short.MAX_VALUE));
      case INT8 -> pending.put((byte) limit(value, Byte.MAX_VALUE));
      default -> throw new IllegalStateException(format + " is no integer");
    }
  }

  private static long limit(long value, long max) {
    return Math.max(-max - 1, Math.min(max, value));
  }

  /**
   * Adds a sample of texts.
   *
   * @param stamp seconds on the stream's clock
   * @param values {@code [channels]}, written as UTF-8
   */
  public void add(double stamp, String... values) {
    if (values.length != channels) {
      throw new IllegalArgumentException(
          "a sample has a value a channel; channels=" + channels + ", values=" + values.length);
    }
    begin(stamp, 0, false);
    for (String value : values) {
      byte[] text = value.getBytes(StandardCharsets.UTF_8);
      room(5 + text.length);
      if (text.length < 256) {
        pending.put((byte) 1).put((byte) text.length);
      } else {
        pending.put((byte) 4).putInt(text.length);
      }
      pending.put(text);
    }
  }

  private void begin(double stamp, int bytes, boolean numbers) {
    if (numbers == (format == ChannelFormat.STRING)) {
      throw new IllegalArgumentException(
          "stream " + id + " holds " + format.token() + "; other values were added");
    }
    room(9 + bytes);
    if (waiting > 0 && period > 0 && stamp == lastStamp + period) {
      pending.put((byte) 0);
    } else {
      pending.put((byte) 8).putDouble(stamp);
    }
    if (samples++ == 0) {
      firstStamp = stamp;
    }
    lastStamp = stamp;
    waiting++;
  }

  private void room(int n) {
    if (pending.remaining() < n) {
      int size = Math.addExact(pending.position(), n);
      int capacity =
          (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(size, 2L * pending.capacity()));
      int used = pending.position();
      pending =
          ByteBuffer.wrap(Arrays.copyOf(pending.array(), capacity)).order(ByteOrder.LITTLE_ENDIAN);
      pending.position(used);
    }
  }

  /** Bytes of the samples that were added and are not in the file. */
  public int pendingBytes() {
    return pending.position();
  }

  /**
   * Puts the samples that were added into the file as one chunk, if there are any.
   *
   * @throws org.efferent.core.UsageException if the file refuses to be written
   */
  public void write() {
    if (waiting > 0) {
      file.samples(id, waiting, pending.array(), pending.position());
      waiting = 0;
      pending.clear();
    }
  }

  /**
   * Writes a measurement of the stream's clock.
   *
   * @param collectionTime when it was made, seconds on the stream's clock
   * @param offset seconds to add to the stream's clock to get the recorder's
   * @throws org.efferent.core.UsageException if the file refuses to be written
   */
  public void clockOffset(double collectionTime, double offset) {
    file.clockOffset(id, collectionTime, offset);
    synchronized (offsets) {
      offsets
          .append("<offset><time>")
          .append(number(collectionTime))
          .append("</time><value>")
          .append(number(offset))
          .append("</value></offset>");
    }
  }

  /**
   * Writes what waits and the footer: first and last stamp, number of samples, clock measurements.
   *
   * @throws org.efferent.core.UsageException if the file refuses to be written
   */
  public void end() {
    write();
    String measured;
    synchronized (offsets) {
      measured = offsets.toString();
    }
    file.footer(
        id,
        "<?xml version=\"1.0\"?><info><first_timestamp>%s</first_timestamp><last_timestamp>%s</last_timestamp><sample_count>%d</sample_count><clock_offsets>%s</clock_offsets></info>"
            .formatted(
                number(samples == 0 ? 0 : firstStamp),
                number(samples == 0 ? 0 : lastStamp),
                samples,
                measured));
  }

  /** The shortest decimal that reads back as the same double. */
  private static String number(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(Double.toString(value)).toPlainString()
        : Double.toString(value);
  }
}
