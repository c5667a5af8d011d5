package org.efferent.data.xdf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efferent.core.UnsupportedInputException;

/** A stream while its chunks come in. */
final class StreamAssembly {
  private final XdfHeader header;
  private final double interval;
  private final List<ClockOffset> clockOffsets = new ArrayList<>();
  private double[] stamps = new double[64];
  private double[] values = new double[0];
  private String[] strings = new String[0];
  private int samples;
  private double lastStamp;
  private long inexact;
  private long footerSamples = -1;
  private boolean footer;
  private final SampleIndex index;

  /**
   * A stream without samples yet.
   *
   * @param header what it is
   * @param indexed whether only the places of its values are kept; texts are kept all the same
   */
  StreamAssembly(XdfHeader header, boolean indexed) {
    this.header = header;
    this.index = indexed && header.format() != ChannelFormat.STRING ? new SampleIndex() : null;
    this.interval = header.nominalRateHz() > 0 ? 1 / header.nominalRateHz() : 0;
  }

  XdfHeader header() {
    return header;
  }

  int samples() {
    return samples;
  }

  boolean isIndexed() {
    return index != null;
  }

  /** Bytes of a sample's values; at most 8 MB, as a header may name a million channels. */
  int sampleBytes() {
    return header.channelCount() * header.format().bytes();
  }

  /** Remembers where the values of the sample that is committed next are. */
  void place(long at) {
    index.add(samples, at, sampleBytes());
  }

  /** The stamp of a sample that has none of its own. */
  double deduced() {
    return lastStamp + interval;
  }

  /** Makes room for one more sample and answers where its values go. */
  int reserve() {
    if (samples == stamps.length) {
      stamps = Arrays.copyOf(stamps, grown(samples + 1L, stamps.length));
    }
    if (index != null) {
      return 0;
    }
    int width = header.channelCount();
    long needed = (samples + 1L) * width;
    if (header.format() == ChannelFormat.STRING) {
      if (needed > strings.length) {
        strings = Arrays.copyOf(strings, grown(needed, strings.length));
      }
    } else if (needed > values.length) {
      values = Arrays.copyOf(values, grown(needed, values.length));
    }
    return samples * width;
  }

  private int grown(long needed, int now) {
    if (needed > Integer.MAX_VALUE - 16) {
      throw new UnsupportedInputException(
          header.title() + ": up to 2147483631 values a stream are read; values=" + needed);
    }
    return (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(needed, now + (now >> 1) + 64L));
  }

  double[] values() {
    return values;
  }

  String[] strings() {
    return strings;
  }

  /** Keeps the sample whose values were written where {@link #reserve()} said. */
  void commit(double stamp) {
    stamps[samples++] = stamp;
    lastStamp = stamp;
  }

  /** Makes a 64-bit integer a double and counts those that do not fit. */
  double exact(long value) {
    double converted = (double) value;
    // Long.MAX_VALUE comes back from the cast although no double holds it.
    if ((long) converted != value || value == Long.MAX_VALUE) {
      inexact++;
    }
    return converted;
  }

  void clockOffset(double time, double offset) {
    clockOffsets.add(new ClockOffset(time, offset, samples));
  }

  boolean hasFooter() {
    return footer;
  }

  void footer(long count) {
    footer = true;
    footerSamples = count;
  }

  /** Aligns the clocks, removes jitter and says what was odd. */
  XdfStream finish(XdfOptions options, Warnings warnings) {
    double[] times = times();
    Timing timing = align(times, options, warnings);
    int cells = samples * header.channelCount();
    boolean text = header.format() == ChannelFormat.STRING;
    return new XdfStream(
        header,
        times,
        text || index != null ? new double[0] : Arrays.copyOf(values, cells),
        text ? Arrays.copyOf(strings, cells) : new String[0],
        clockOffsets,
        timing);
  }

  /** Where the values are; null unless the stream is indexed. */
  SampleIndex index() {
    return index;
  }

  private double[] times() {
    double[] times = stamps.length == samples ? stamps : Arrays.copyOf(stamps, samples);
    stamps = null;
    return times;
  }

  private Timing align(double[] times, XdfOptions options, Warnings warnings) {
    warnAboutSamples(times, warnings);
    List<Integer> resets =
        options.synchronizeClocks()
            ? ClockSync.apply(times, clockOffsets, options.handleClockResets())
            : List.of();
    Timing timing = Dejitter.apply(times, header, resets, options);
    if (!resets.isEmpty()) {
      warnings.add(header.title() + ": its clock restarted " + resets.size() + " times");
    }
    double rate = timing.effectiveRateHz();
    double nominal = header.nominalRateHz();
    if (rate > 0 && Math.abs(nominal - rate) / nominal > 0.1) {
      warnings.add(
          header.title()
              + ": its measured rate differs from the nominal one by more than a tenth; measured="
              + (float) rate
              + " Hz, nominal="
              + (float) nominal
              + " Hz");
    }
    return timing;
  }

  private void warnAboutSamples(double[] times, Warnings warnings) {
    if (!footer) {
      warnings.add(header.title() + ": has no footer; the recording was not ended properly");
    } else if (footerSamples >= 0 && footerSamples != samples) {
      warnings.add(
          header.title()
              + ": its footer says "
              + footerSamples
              + " samples, "
              + samples
              + " were read");
    }
    if (inexact > 0) {
      warnings.add(
          header.title()
              + ": "
              + inexact
              + " integers beyond 2^53 were rounded to the nearest double");
    }
    int backwards = 0;
    int impossible = 0;
    for (int i = 0; i < times.length; i++) {
      impossible += Double.isFinite(times[i]) ? 0 : 1;
      backwards += i > 0 && times[i] < times[i - 1] ? 1 : 0;
    }
    if (backwards > 0) {
      warnings.add(header.title() + ": its stamps go backwards " + backwards + " times");
    }
    if (impossible > 0) {
      warnings.add(header.title() + ": " + impossible + " stamps are NaN or infinite");
    }
  }
}
