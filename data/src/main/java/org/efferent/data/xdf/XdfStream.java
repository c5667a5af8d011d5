package org.efferent.data.xdf;

import java.util.List;

/**
 * One stream of a recording, in memory. The arrays are handed out, not copied: whoever changes them
 * changes the stream.
 */
public final class XdfStream {
  private final XdfHeader header;
  private final double[] stamps;
  private final double[] values;
  private final String[] strings;
  private final List<ClockOffset> clockOffsets;
  private final Timing timing;

  XdfStream(
      XdfHeader header,
      double[] stamps,
      double[] values,
      String[] strings,
      List<ClockOffset> clockOffsets,
      Timing timing) {
    this.header = header;
    this.stamps = stamps;
    this.values = values;
    this.strings = strings;
    this.clockOffsets = List.copyOf(clockOffsets);
    this.timing = timing;
  }

  /** What the header says. */
  public XdfHeader header() {
    return header;
  }

  /** Samples that were read, whatever a footer says. */
  public int samples() {
    return stamps.length;
  }

  /** Whether the values are text. */
  public boolean isText() {
    return header.format() == ChannelFormat.STRING;
  }

  /** Stamps, {@code [samples]}, seconds; on the recorder's clock if clocks were synchronised. */
  public double[] stamps() {
    return stamps;
  }

  /**
   * Values, {@code [samples × channels]}, row-major, in the units of the channels; empty for text.
   * 64-bit integers beyond ±2⁵³ are rounded, and a warning counts them.
   */
  public double[] values() {
    return values;
  }

  /** Texts, {@code [samples × channels]}, row-major; empty for numbers. */
  public String[] strings() {
    return strings;
  }

  /** The clock measurements in the order of the file. */
  public List<ClockOffset> clockOffsets() {
    return clockOffsets;
  }

  /** Samples a second as measured, gaps left out; 0 if irregular or too short to tell. */
  public double effectiveRateHz() {
    return timing.effectiveRateHz();
  }

  /** Steps of the stamps that are longer than the options allow. */
  public int gaps() {
    return timing.gaps();
  }

  /** How often the stream's clock restarted. */
  public int clockResets() {
    return timing.clockResets();
  }
}
